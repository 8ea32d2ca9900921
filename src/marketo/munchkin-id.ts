/**
 * The munchkin id: the name of one Marketo instance, and the first part of its host names.
 *
 *     561-HYG-937                                        canonical
 *     https://561-HYG-937.mktorest.com/rest              REST    ┐
 *     https://561-HYG-937.mktorest.com/identity          tokens  │ what gets pasted into settings:
 *     https://561-HYG-937.mktoapi.com/soap/mktows/2_9    SOAP    │ read leniently, never stored so
 *     561-hyg-937.mktoresp.com                           beacon  ┘
 *
 * Adobe prints no grammar; every id that it does print has three digits, three capitals, three digits.
 *
 * Sources: Adobe "Base URL", "Lead Tracking"; Segment "Marketo v2 Destination", Getting started.
 *
 * @module
 */
import type * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { kindOf } from '../ground/json.js'
import type { Path } from '../ground/path.js'
import { malformed, missing, type Problem } from '../ground/problem.js'

/** What sets a munchkin id apart from any other text. */
export interface MunchkinIdBrand {
  readonly MunchkinId: unique symbol
}

/**
 * The id of one Marketo instance, such as `561-HYG-937`.
 *
 * @category codecs
 * @since 0.1.0
 */
export type MunchkinId = t.Branded<string, MunchkinIdBrand>

const canonical = /^\d{3}-[A-Z]{3}-\d{3}$/

/**
 * Whether the text is a munchkin id in canonical form.
 *
 * @example
 * isMunchkinId('561-HYG-937') // => true
 * isMunchkinId('561-hyg-937') // => false
 * @category codecs
 * @since 0.1.0
 */
export const isMunchkinId = (text: string): text is MunchkinId => canonical.test(text)

/**
 * The canonical form alone: three digits, three capitals, three digits.
 *
 * @example
 * MunchkinId.decode('561-HYG-937') // => right('561-HYG-937')
 * @category codecs
 * @since 0.1.0
 */
export const MunchkinId: t.Type<MunchkinId, string, unknown> = /* @__PURE__ */ t.brand(
  t.string,
  (text): text is MunchkinId => isMunchkinId(text),
  'MunchkinId'
)

const anyCase = /^\d{3}-[A-Za-z]{3}-\d{3}$/

/** The id that a text spells in any letter case, and nothing around it. @internal */
export const foldMunchkinId = (text: string): MunchkinId | undefined => {
  if (!anyCase.test(text)) return undefined
  const id = text.toUpperCase()
  return isMunchkinId(id) ? id : undefined
}

const host = /^(?:(?:https?:)?\/\/)?([^./?#]+)\.mkto(?:rest|api|resp)\.com(?::\d+)?(?:[/?#]\S*)?$/i
const anywhere = /\d{3}-[A-Z]{3}-\d{3}/gi

/** The one id that a pasted text names, or undefined: nothing is guessed where it names none, or two. */
const idIn = (pasted: string): MunchkinId | undefined => {
  const text = pasted.trim()
  const id = foldMunchkinId(host.exec(text)?.[1] ?? text)
  for (const [other] of text.matchAll(anywhere)) if (other.toUpperCase() !== id) return undefined
  return id
}

const mend = 'put the munchkin id here, as in 561-HYG-937; Marketo shows it under Admin > Integration > Munchkin'

/**
 * Reads what people paste (an endpoint's URL, lower case, blanks around it) and writes the canonical id.
 *
 * @example
 * MunchkinIdFromText.decode(' https://561-hyg-937.mktorest.com/rest ') // => right('561-HYG-937')
 * @category codecs
 * @since 0.1.0
 */
export const MunchkinIdFromText: t.Type<MunchkinId, string, unknown> = /* @__PURE__ */ new t.Type<
  MunchkinId,
  string,
  unknown
>(
  'MunchkinIdFromText',
  (u): u is MunchkinId => MunchkinId.is(u),
  (input, context) => {
    const id = typeof input === 'string' ? idIn(input) : undefined
    return id === undefined ? t.failure(input, context, mend) : t.success(id)
  },
  (id) => id
)

/**
 * The munchkin id that a setting holds, read as {@link MunchkinIdFromText} does, or a problem that says where to find it.
 *
 * @example
 * readMunchkinId('561-hyg-937', ['munchkinId']) // => right('561-HYG-937')
 * @category readers
 * @since 0.1.0
 */
export const readMunchkinId = (u: unknown, at: Path): E.Either<Problem, MunchkinId> => {
  if (u === undefined || u === null || u === '') return { _tag: 'Left', left: missing('invalid', at, mend) }
  const id = typeof u === 'string' ? idIn(u) : undefined
  return id === undefined
    ? { _tag: 'Left', left: malformed('invalid', at, kindOf(u), mend) }
    : { _tag: 'Right', right: id }
}
