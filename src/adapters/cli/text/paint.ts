/**
 * Colours of a terminal, or none.
 *
 * Source: ECMA-48, Select Graphic Rendition; no-color.org; force-color.org.
 *
 * @module
 */

type Brush = (text: string) => string

/** What a text can be made to look like; `plainPaint` leaves everything as it is. */
export interface Paint {
  readonly strong: Brush
  readonly good: Brush
  readonly odd: Brush
  readonly bad: Brush
  readonly faint: Brush
}

const plain: Brush = (text) => text

/** No colours. */
export const plainPaint: Paint = { strong: plain, good: plain, odd: plain, bad: plain, faint: plain }

const escapeCode = '\u001b'
const brush =
  (on: number, off: number): Brush =>
  (text) =>
    text === '' ? '' : `${escapeCode}[${on}m${text}${escapeCode}[${off}m`

/** The colours that every terminal has. */
export const colourPaint: Paint = {
  strong: brush(1, 22),
  good: brush(32, 39),
  odd: brush(33, 39),
  bad: brush(31, 39),
  faint: brush(2, 22)
}

/**
 * Whether to colour what goes to a terminal: not under NO_COLOR, whatever it says, nor on a terminal that calls itself dumb. FORCE_COLOR, unless
 * it is empty, 0 or false, colours also what goes elsewhere; NO_COLOR counts before it.
 */
export const wantsColour = (isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean => {
  if ((env.NO_COLOR ?? '') !== '') return false
  if (!['', '0', 'false'].includes(env.FORCE_COLOR ?? '')) return true
  return isTerminal && env.TERM !== 'dumb' && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
}
