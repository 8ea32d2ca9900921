/**
 * Answers kept for the next event: names come again with every event, what is asked about them is worked out once.
 *
 * What is remembered changes no answer. It belongs to whoever made it and is bounded, whatever names are sent.
 *
 * @module
 */

const mostRemembered = 4096

/** A longer text is no name that comes again, and would fill the memory. */
const longestRemembered = 256

/** A function of a text that remembers its first answers. */
export const remembering = <A>(answer: (text: string) => A): ((text: string) => A) => {
  const seen = new Map<string, A>()
  return (text) => {
    const known = seen.get(text)
    if (known !== undefined) return known
    const made = answer(text)
    if (seen.size < mostRemembered && text.length <= longestRemembered) seen.set(text, made)
    return made
  }
}
