/**
 * A map from text to anything, as plain JSON, that is never changed: a new one shares all but a few small nodes with the old.
 *
 *     { branch: [ { leaf: [] }, { leaf: [['17', …], ['204', …]] }, { branch: [ … ] }, … ] }
 *        └ 16 members, chosen by four bits of the key's hash; a leaf holds 16 entries before it becomes a branch
 *
 * Reading and writing cost the depth of the tree, which grows with the logarithm of its size. Without it each request would have to
 * copy the whole database, or change the one that its caller still holds.
 *
 * @module
 */

interface Leaf<A> {
  readonly leaf: ReadonlyArray<readonly [key: string, value: A]>
}

interface Branch<A> {
  readonly branch: ReadonlyArray<Tree<A>>
}

/** A map from text to `A`. @internal */
export type Tree<A> = Leaf<A> | Branch<A>

/** The tree that holds nothing. @internal */
export const emptyTree: Tree<never> = { leaf: [] }

const bits = 4
const width = 16
/** Beyond this the hash has no bits left: such a leaf grows instead. */
const lastShift = 28

/** FNV-1a, over the text's units. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}

const slotOf = (hash: number, shift: number): number => (hash >>> shift) & (width - 1)

/** What stands under a key, or undefined. @internal */
export const valueAt = <A>(tree: Tree<A>, key: string): A | undefined => {
  const hash = hashOf(key)
  let node: Tree<A> = tree
  for (let shift = 0; 'branch' in node; shift += bits) node = node.branch[slotOf(hash, shift)] ?? emptyTree
  return node.leaf.find(([own]) => own === key)?.[1]
}

type Entries<A> = Leaf<A>['leaf']

/** The list with another member at `at`. */
const replaced = <A>(list: ReadonlyArray<A>, at: number, member: A): ReadonlyArray<A> => {
  const copy = list.slice()
  copy[at] = member
  return copy
}

/** Entries as a leaf, or as a branch of leaves where they are too many. */
const grown = <A>(entries: Entries<A>, shift: number): Tree<A> => {
  if (entries.length <= width || shift > lastShift) return { leaf: entries }
  const slots = Array.from({ length: width }, (): Array<readonly [string, A]> => [])
  for (const entry of entries) slots[slotOf(hashOf(entry[0]), shift)]?.push(entry)
  return { branch: slots.map((slot) => grown(slot, shift + bits)) }
}

/** The tree with the leaf of a key rewritten; where nothing is to be written, the tree itself. */
const rewritten = <A>(
  tree: Tree<A>,
  hash: number,
  shift: number,
  write: (entries: Entries<A>) => Entries<A>
): Tree<A> => {
  if ('leaf' in tree) {
    const entries = write(tree.leaf)
    return entries === tree.leaf ? tree : grown(entries, shift)
  }
  const slot = slotOf(hash, shift)
  const old = tree.branch[slot] ?? emptyTree
  const next = rewritten(old, hash, shift + bits, write)
  return next === old ? tree : { branch: replaced(tree.branch, slot, next) }
}

/** The tree with a value under a key, in place of what stood there. @internal */
export const withValue = <A>(tree: Tree<A>, key: string, value: A): Tree<A> =>
  rewritten(tree, hashOf(key), 0, (entries) => {
    const entry = [key, value] as const
    const i = entries.findIndex(([own]) => own === key)
    return replaced(entries, i < 0 ? entries.length : i, entry)
  })

/** The tree without a key. @internal */
export const withoutKey = <A>(tree: Tree<A>, key: string): Tree<A> =>
  rewritten(tree, hashOf(key), 0, (entries) =>
    entries.some(([own]) => own === key) ? entries.filter(([own]) => own !== key) : entries
  )

const gather = <A>(tree: Tree<A>, most: number, into: Array<Entries<A>[number]>): void => {
  if ('leaf' in tree) {
    for (const entry of tree.leaf) if (into.length < most) into.push(entry)
    return
  }
  for (const node of tree.branch) if (into.length < most) gather(node, most, into)
}

/** The keys with their values, in no order that means anything; `most` of them at most. @internal */
export const entriesOf = <A>(tree: Tree<A>, most: number = Number.POSITIVE_INFINITY): Entries<A> => {
  const entries: Array<Entries<A>[number]> = []
  gather(tree, most, entries)
  return entries
}

/** The values, in no order that means anything; `most` of them at most. @internal */
export const valuesOf = <A>(tree: Tree<A>, most: number = Number.POSITIVE_INFINITY): ReadonlyArray<A> =>
  entriesOf(tree, most).map(([, value]) => value)
