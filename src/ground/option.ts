/**
 * fp-ts's `Option` as the plain data that it is.
 *
 * Its module makes functions while it loads, which no bundler can leave out: whoever shares a chunk with it pays for them.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'

const none: Option<never> = { _tag: 'None' }

/** The value, or nothing where there is none. @internal */
export const fromUndefined = <A>(value: A | undefined): Option<A> =>
  value === undefined ? none : { _tag: 'Some', value }
