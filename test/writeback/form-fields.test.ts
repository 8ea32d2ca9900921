import { describe, expect, it } from 'vitest'
import { formFieldsIn } from '../../src/writeback/form-fields.js'

describe('the fields of a form', () => {
  // biome-ignore format: table
  it.each<[string, string, object | undefined]>([
    ['letters of one byte',       'a:1:{s:1:"A";s:2:"ab";}',                     { A: 'ab' }],
    ['letters of two bytes',      'a:1:{s:1:"A";s:4:"\u00e9\u07ff";}',           { A: '\u00e9\u07ff' }],
    ['the first of two bytes',    'a:1:{s:1:"A";s:3:"\u007f\u0080";}',           { A: '\u007f\u0080' }],
    ['letters of three bytes',    'a:1:{s:1:"A";s:6:"\u0800\uffff";}',           { A: '\u0800\uffff' }],
    ['letters of four bytes',     'a:1:{s:1:"A";s:8:"\u{10000}\u{1f600}";}',     { A: '\u{10000}\u{1f600}' }],
    ['a letter after them',       'a:2:{s:1:"A";s:5:"\u{1f600}b";s:1:"B";i:2;}', { A: '\u{1f600}b', B: 2 }],
    ['half a letter',             'a:1:{s:1:"A";s:1:"\u00e9";}',                 {}],
    ['fewer bytes than told',     'a:1:{s:1:"A";s:9:"ab";}',                     {}],
    ['more bytes than told',      'a:1:{s:1:"A";s:1:"ab";}',                     {}],
    ['text without its quote',    'a:1:{s:1:"A";s:2:ab";}',                      {}],
    ['a letter in its place',     'a:1:{s:1:"A";s:2:xab";}',                     {}],
    ['a field without a name',    'a:1:{}',                                      {}],
    ['text without its length',   'a:1:{s:1:"A";s:"ab";}',                       {}],
    ['text without its end',      'a:2:{s:1:"A";s:2:"ab"s:1:"B";i:2;}',          {}],
    ['empty text',                'a:2:{s:1:"A";s:0:"";s:1:"B";i:2;}',           { B: 2 }],
    ['nothing',                   'a:2:{s:1:"A";N;s:1:"B";i:2;}',                { B: 2 }],
    ['flags',                     'a:2:{s:1:"A";b:1;s:1:"B";b:0;}',              { A: true, B: false }],
    ['numbers',                   'a:2:{s:1:"A";d:-1.5;s:1:"B";i:1;}',           { A: -1.5, B: 1 }],
    ['a zero, which is one',      'a:1:{s:1:"A";d:-0;}',                         { A: 0 }],
    ['a number that is none',     'a:2:{s:1:"A";d:1.2.3;s:1:"B";i:2;}',          { B: 2 }],
    ['a number without its end',  'a:1:{s:1:"A";i:1}',                           {}],
    ['a field without a value',   'a:1:{s:1:"A";}',                              {}],
    ['numbers for names',         'a:1:{i:0;s:1:"x";}',                          { 0: 'x' }],
    ['more members than told',    'a:1:{s:1:"A";i:1;s:1:"B";i:2;}',              { A: 1 }],
    ['fewer members than told',   'a:9:{s:1:"A";i:1;}',                          { A: 1 }],
    ['twelve members',            'a:12:{s:1:"A";i:1;}',                         { A: 1 }],
    ['a list',                    'a:2:{s:1:"A";a:0:{}s:1:"B";i:2;}',            {}],
    ['a name not asked for',      'a:2:{s:1:"X";i:1;s:1:"B";i:2;}',              { B: 2 }],
    ['no members',                'a:0:{}',                                      {}],
    ['another kind',              's:2:{s:1:"A";i:1;}',                          undefined],
    ['no brace',                  'a:1:s:1:"A";i:1;',                            undefined],
    ['no count',                  'a:{s:1:"A";i:1;}',                            undefined],
    ['no text',                   '',                                            undefined]
  ])('with %s', (_, text, expected) => {
    expect(formFieldsIn(text, ['A', 'B', '0'])).toEqual(expected)
  })
})
