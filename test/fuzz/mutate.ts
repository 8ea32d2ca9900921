/**
 * Inputs from a corpus: members of its values changed in ways that readers trip over, or bytes of their text.
 *
 *     corpus ──▶ by structure   a member replaced, renamed, taken out, doubled, wrapped, multiplied
 *            └─▶ by bytes       flipped, put in, taken out, doubled; words of formats put in
 *
 * fast-check draws and shrinks: what fails is printed as small as it gets.
 *
 * @module
 */
import * as fc from 'fast-check'
import { inputFrom } from './held.js'
import type { Target } from './target.js'

const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`)

/** Values that readers trip over. */
export const oddValues: ReadonlyArray<unknown> = [
  null,
  '',
  ' ',
  0,
  -0,
  1e308,
  -1,
  1.5,
  9_007_199_254_740_992,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  deep(200),
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  '__proto__',
  'constructor',
  '\ud800',
  'a\udc00b',
  '\u0000',
  '\r\nSet-Cookie: a=b',
  '../../..',
  '..',
  '%2e%2e%2f',
  '%',
  '%ff',
  '//corp.test/\\@evil.test',
  'https://a:b@corp.test:99999/?#',
  'javascript:alert(1)',
  '=HYPERLINK("http://corp.test")',
  '@SUM(1+1)',
  '"quoted",\n"twice"',
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  ']]>',
  '&lt;&amp;&#0;',
  'id:561-HYG-937&token:_mch-corp.test-1374552656411-90718',
  '2024-02-30T25:61:61Z',
  '9999-12-31T23:59:59+23:59',
  '99999999999999',
  '\u202e\ufeff\u2028',
  '\ud83d\udca9'.repeat(500),
  ' '.repeat(20_000),
  'a'.repeat(32_000),
  `${'a@'.repeat(8_000)}b`,
  `${'.'.repeat(16_000)}com`,
  `http://${'a.'.repeat(8_000)}`,
  '0'.repeat(30_000),
  `${'%41'.repeat(8_000)}`,
  '_'.repeat(9_000)
]

/** Words of the formats that are read, for texts. */
export const words: ReadonlyArray<string> = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\u',
  ',',
  ':',
  'null',
  '__proto__',
  '\r\n',
  '""',
  ';',
  '&',
  '=',
  '%',
  '%00',
  'id:',
  'token:',
  '_mkto_trk=',
  '_mch-',
  '<',
  '>',
  '</',
  '/>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<!ENTITY',
  '&#x10FFFF;',
  '&lt;',
  'SOAP-ENV:',
  '\ufeff',
  '\u0000',
  '\ud800'
]

type Place = ReadonlyArray<string>

const isObject = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null

/** Every place of a value, itself first, breadth first; so many at most. */
const placesOf = (root: unknown): ReadonlyArray<Place> => {
  const places: Array<Place> = [[]]
  const values: Array<unknown> = [root]
  for (let i = 0; i < places.length && places.length < 500; i += 1) {
    const value = values[i]
    if (!isObject(value)) continue
    for (const key of Object.keys(value)) {
      places.push([...(places[i] ?? []), key])
      values.push(value[key])
    }
  }
  return places
}

const entriesOf = (u: unknown): Array<[string, unknown]> => (isObject(u) ? Object.entries(u) : [])

const like = (model: unknown, entries: ReadonlyArray<readonly [string, unknown]>): unknown =>
  Array.isArray(model) ? entries.map(([, member]) => member) : Object.fromEntries(entries)

/** What becomes of one entry of an object or a list. */
type Change = (key: string, value: unknown) => ReadonlyArray<readonly [string, unknown]>

const changed = (root: unknown, place: Place, change: Change): unknown => {
  const [key, ...rest] = place
  if (key === undefined) return change('', root)[0]?.[1]
  return like(
    root,
    entriesOf(root).flatMap(([name, value]) =>
      name !== key ? [[name, value]] : rest.length === 0 ? change(name, value) : [[name, changed(value, rest, change)]]
    )
  )
}

const keys = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'EMAIL',
  'e-mail',
  'First Name',
  'id',
  'type',
  'a.b'
]

/** The ways to change a place, as data: what is drawn can be shrunk. */
interface Edit {
  readonly place: number
  readonly way: 'replace' | 'remove' | 'rename' | 'double' | 'wrap' | 'multiply' | 'swap'
  readonly odd: number
}

const at = <A>(list: ReadonlyArray<A>, n: number): A | undefined => list[n % Math.max(list.length, 1)]

const changeOf = ({ way, odd }: Edit, donors: ReadonlyArray<unknown>): Change => {
  const other = at(oddValues, odd)
  switch (way) {
    case 'replace':
      return (key) => [[key, other]]
    case 'remove':
      return () => []
    case 'rename':
      return (_, value) => [[at(keys, odd) ?? '', value]]
    case 'double':
      return (key, value) => [
        [key, value],
        [`${key}_`, value],
        [key.toUpperCase(), other]
      ]
    case 'wrap':
      return (key, value) => [[key, odd % 2 === 0 ? [value] : { value }]]
    case 'multiply':
      return (key, value) => [
        [key, typeof value === 'string' ? value.repeat(odd % 90) : Array.from({ length: odd % 90 }, () => value)]
      ]
    case 'swap':
      return (key) => [[key, at(donors, odd)]]
  }
}

const edit: fc.Arbitrary<Edit> = fc.record({
  place: fc.nat({ max: 499 }),
  way: fc.constantFrom('replace', 'remove', 'rename', 'double', 'wrap', 'multiply', 'swap'),
  odd: fc.nat({ max: 9_999 })
})

const longest = 400_000

const edited = (value: unknown, edits: ReadonlyArray<Edit>, donors: ReadonlyArray<unknown>): unknown => {
  let now = value
  for (const one of edits) {
    const place = at(placesOf(now), one.place) ?? []
    const after = changed(now, place, changeOf(one, donors))
    // Two multiplications may make what no memory holds.
    if ((JSON.stringify(after) ?? '').length <= longest) now = after
  }
  return now
}

/** A change of a text's bytes: from a place on so many go, and some come. */
interface Cut {
  readonly from: number
  readonly length: number
  readonly comes: Uint8Array
}

const cut: fc.Arbitrary<Cut> = fc.record({
  from: fc.nat({ max: 0xffff }),
  length: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 200 })),
  comes: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom(...words).map((word) => Buffer.from(word)),
    fc.tuple(fc.constantFrom(...words), fc.nat({ max: 2_000 })).map(([word, n]) => Buffer.from(word.repeat(n)))
  )
})

const spliced = (text: string, cuts: ReadonlyArray<Cut>): string => {
  let bytes = Buffer.from(text)
  for (const { from, length, comes } of cuts) {
    const begin = from % (bytes.length + 1)
    bytes = Buffer.concat([bytes.subarray(0, begin), comes, bytes.subarray(begin + length)])
  }
  return bytes.toString()
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** Inputs for a target: its corpus by structure and by bytes. */
export const inputsFor = (target: Target, corpus: ReadonlyArray<unknown>): fc.Arbitrary<unknown> => {
  const one = fc.nat({ max: Math.max(corpus.length - 1, 0) }).map((n) => corpus[n])
  const byBytes = fc
    .tuple(one, fc.array(cut, { minLength: 1, maxLength: 6 }))
    .map(([value, cuts]) =>
      inputFrom(target, spliced(target.reads === 'text' ? textOf(value) : JSON.stringify(value), cuts))
    )
  if (target.reads === 'text') return byBytes
  const byStructure = fc
    .tuple(one, fc.array(edit, { minLength: 1, maxLength: 6 }))
    .map(([value, edits]) => edited(value, edits, corpus))
  return fc.oneof({ weight: 3, arbitrary: byStructure }, { weight: 1, arbitrary: byBytes })
}
