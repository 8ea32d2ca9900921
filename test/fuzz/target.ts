/**
 * Targets: one thing each that hostile input is thrown at.
 *
 *     input ──feed──▶ whatever it makes of it ──▶ what it said of the input: problems, remarks, messages
 *
 * @module
 */

/** A value of a person in the corpus, and each secret, holds this text: where it stands in a message, a value has leaked. */
export const mark = 'zqx'

/** One thing that input is thrown at. */
export interface Target {
  readonly name: string
  /** The file of `corpus/` whose inputs it begins with. */
  readonly corpus: string
  /** Whether it reads a text as it is; any other takes the value that the text is the JSON of. */
  readonly reads: 'text' | 'value'
  /** How often it reads its input, where that is more than a few times: it has as much more time. */
  readonly times?: number
  /** Takes one input; answers all that it said of it. It must not throw. */
  readonly feed: (input: unknown) => unknown
}

/** The problems of a verdict, or of whatever has some. */
export const saidIn = (verdict: object): unknown => ('left' in verdict ? verdict.left : null)
