/**
 * A value through the transforms of a row of type string, and what comes out; null: it is dropped. Absent from a form or an activity
 * is what comes out empty.
 */
import type { Transform } from '../../src/v2/transforms.js'

export interface TransformCase {
  readonly name: string
  readonly source: string
  readonly input: { readonly transforms: ReadonlyArray<Transform>; readonly value: unknown }
  readonly expected: string | number | boolean | ReadonlyArray<unknown> | null
}

const source = 'transforms.ts, the module'
const near = 'near miss'

const row = (name: string, transforms: ReadonlyArray<Transform>, value: unknown, expected: TransformCase['expected'], from = source): TransformCase => ({
  name,
  source: from,
  input: { transforms, value },
  expected
})

const plans: Transform = { table: { gold: 'A', '5': 'B', true: 7, off: false } }

export const transformCases: ReadonlyArray<TransformCase> = [
  row('trim: no white space around', ['trim'], '\u00a0 a b\n', 'a b'),
  row('trim: a number passes', ['trim'], 5, 5),
  row('trim: nothing but white space is empty', ['trim'], '  ', ''),
  row('lower: the text in small letters', ['lower'], 'ÀB İ', 'àb i̇'),
  row('lower: a boolean passes', ['lower'], true, true),
  row('upper: the text in capitals', ['upper'], 'straße', 'STRASSE'),
  row('upper: i has no dot whatever the machine’s language', ['upper'], 'i', 'I', near),
  row('table: the value beside it', [plans], 'gold', 'A'),
  row('table: a number is looked up as its digits', [plans], 5, 'B'),
  row('table: a boolean is looked up as its word', [plans], true, 7),
  row('table: false is a value to give', [plans], 'off', false, near),
  row('table: letters count as written', [plans], 'Gold', null, near),
  row('table: what does not stand there is dropped', [plans], 'silver', null),
  row('table: or becomes otherwise', [{ table: { gold: 'A' }, otherwise: 'Z' }], 'silver', 'Z'),
  row('table: otherwise stands in for a list too', [{ table: { gold: 'A' }, otherwise: 'Z' }], ['gold'], 'Z', near),
  row('table: otherwise may be false', [{ table: {}, otherwise: false }], 'x', false, near),
  row('table: names of every object’s members do not stand there', [{ table: {} }], 'constructor', null, near),
  row('table: __proto__ may', [{ table: JSON.parse('{"__proto__":"A"}') }], '__proto__', 'A', near),
  row('join: a list of scalars as one text', [{ join: '; ' }], ['a', 1, true, ''], 'a; 1; true; '),
  row('join: with nothing between', [{ join: '' }], ['a', 'b'], 'ab', near),
  row('join: a list of one', [{ join: ',' }], ['a'], 'a', near),
  row('join: an empty list is empty', [{ join: ',' }], [], ''),
  row('join: text passes', [{ join: ',' }], 'a', 'a'),
  row('join: a list in a list is dropped', [{ join: ',' }], ['a', ['b']], null),
  row('join: an object in a list is dropped', [{ join: ',' }], [{ a: 1 }], null),
  row('join: null in a list is dropped', [{ join: ',' }], ['a', null], null, near),
  row('cut: the first so many characters', [{ cut: 3 }], 'abcd', 'abc'),
  row('cut: what is short enough stays', [{ cut: 4 }], 'abcd', 'abcd', near),
  row('cut: a pair of surrogates is one character', [{ cut: 2 }], 'a😀b', 'a😀'),
  row('cut: and is never parted', [{ cut: 1 }], '😀😀', '😀'),
  row('cut: the first character that takes a pair', [{ cut: 1 }], '\u{10000}b', '\u{10000}', near),
  row('cut: the last character that takes none', [{ cut: 1 }], '\uffffb', '\uffff', near),
  row('cut: half a pair is one character', [{ cut: 2 }], 'a\ud83db', 'a\ud83d', near),
  row('cut: a number passes', [{ cut: 1 }], 12345, 12345),
  row('date: a day written so', [{ date: 'DD.MM.YYYY' }], '29.02.2024', '2024-02-29'),
  row('date: without anything between', [{ date: 'YYYYMMDD' }], '20240229', '2024-02-29'),
  row('date: month first', [{ date: 'MM/DD/YYYY' }], '02/29/2024', '2024-02-29'),
  row('date: with words around', [{ date: 'Day DD of MM, YYYY!' }], 'Day 29 of 02, 2024!', '2024-02-29'),
  row('date: a day that there is not', [{ date: 'DD.MM.YYYY' }], '29.02.2023', null),
  row('date: written otherwise', [{ date: 'DD.MM.YYYY' }], '29/02/2024', null),
  row('date: shorter', [{ date: 'DD.MM.YYYY' }], '1.2.2024', null),
  row('date: longer', [{ date: 'DD.MM.YYYY' }], '29.02.2024 ', null, near),
  row('date: a number is not read', [{ date: 'YYYYMMDD' }], 20240229, null),
  row('several: in their order', ['trim', 'lower', { table: { gold: 'A' } }], ' Gold ', 'A'),
  row('several: and not in another', [{ table: { gold: 'A' } }, 'trim', 'lower'], ' Gold ', null, near),
  row('several: the first that drops ends it', [{ table: {} }, { table: {}, otherwise: 'Z' }], 'x', null, near),
  row('several: join, then cut', [{ join: ',' }, { cut: 3 }], ['ab', 'cd'], 'ab,'),
  row('an object is never transformed', ['trim'], { a: 1 }, null, 'law M6'),
  row('nor is a number that is not finite', ['trim'], Number.NaN, null, 'law P4')
]
