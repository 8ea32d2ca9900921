/**
 * Which room may look into which: the table of the house, as data.
 *
 * A room is a folder of src/, and `index` is src/index.ts. A room always sees itself.
 */

/** Every room, from the ground up; a room opens onto rooms further up this list only. */
export const doors: Readonly<Record<string, ReadonlyArray<string>>> = {
  ground: [],
  segment: ['ground'],
  marketo: ['ground'],
  intent: ['ground', 'marketo'],
  contract: ['ground', 'segment', 'marketo', 'intent'],
  v1: ['ground', 'segment', 'marketo', 'intent', 'contract'],
  v2: ['ground', 'segment', 'marketo', 'intent', 'contract'],
  recipes: ['ground', 'segment', 'marketo', 'intent', 'contract'],
  endpoints: ['ground', 'marketo', 'intent'],
  browser: ['ground', 'marketo', 'intent'],
  pace: ['ground', 'marketo', 'intent'],
  delivery: ['ground', 'marketo', 'intent', 'endpoints', 'pace'],
  source: ['ground', 'segment', 'marketo', 'intent', 'endpoints', 'pace'],
  writeback: ['ground', 'segment', 'marketo', 'intent', 'contract', 'endpoints', 'pace'],
  simulator: ['ground', 'marketo', 'intent', 'endpoints']
}

const everyRoom = Object.keys(doors)

/** The rooms that see every room above, and what stands before and around the house. */
export const wideDoors: Readonly<Record<string, ReadonlyArray<string>>> = {
  settings: everyRoom,
  explain: everyRoom,
  index: [...everyRoom, 'settings', 'explain'],
  adapters: [...everyRoom, 'settings', 'explain', 'index']
}

/**
 * The packages a pure room may use: all are compiled in. A name that ends in a slash stands for what lies below it;
 * `fp-ts` itself is absent because it loads all of fp-ts.
 */
export const purePackages: ReadonlyArray<string> = [
  'fp-ts/',
  'io-ts',
  'date-fns/',
  '@date-fns/utc',
  '@noble/hashes/',
  'd3-dsv',
  'fastest-levenshtein'
]

/** These exist, and break: CommonJS that cannot be tree-shaken, or a path that Node cannot load. */
export const forbiddenPaths: ReadonlyArray<string> = ['fp-ts/lib/', 'fp-ts/es6/', 'io-ts/lib/', 'io-ts/es6/']
