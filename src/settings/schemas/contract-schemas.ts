/**
 * The schemas of settings of v1 and of v2: drawn from the tables that both are read by, with what those say in words only.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { credentialNames, settingRows as v1Rows } from '../../v1/setting-names.js'
import { knownUnread, settingRows as v2Rows } from '../../v2/setting-names.js'
import { minutes, munchkinId, munchkinOptions, origin, postalCode } from './contract-parts.js'
import { membersOf } from './from-rows.js'
import { closed, flag, headed, marketoName, nonBlank, oneOfThese, orNull, schemaMember, told } from './parts.js'
import { eventRows, traitRows } from './v2-rows.js'

const site = ['https://www.example.com']

/** Keys, or null and nothing else: blank text is no list. */
const keysOrNull: JsonObject = { type: ['array', 'null'], items: nonBlank }

const formId: JsonObject = {
  type: ['integer', 'string', 'null'],
  minimum: 1,
  maximum: 2_147_483_647,
  pattern: '^\\s*(?:\\d|$)',
  patternErrorMessage: 'A whole number'
}

const v2Members = membersOf(v2Rows, {
  munchkinId: { schema: munchkinId, examples: ['561-HYG-937'] },
  pageOrigin: { schema: orNull(origin), examples: site },
  genderField: { schema: orNull(marketoName) },
  userIdField: { schema: marketoName },
  anonymousIdField: { schema: marketoName },
  cookiePath: { schema: keysOrNull, examples: [['context', 'Marketo', 'marketoCookie']] },
  postalCode: { schema: postalCode },
  browserZone: { schema: minutes },
  munchkinOptions: { schema: munchkinOptions, examples: [{ domainLevel: 2 }] },
  formId: { schema: formId, examples: [1001] },
  formHost: { examples: ['//app-ab00.marketo.com'] },
  traits: { schema: traitRows },
  events: { schema: eventRows }
})

const unread = (names: ReadonlyArray<string>, description: string): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { description, doNotSuggest: true }]))

/** Settings of v2, in our own shape and as Segment stores them. @internal */
export const v2Schema = (): JsonObject =>
  headed('Settings of Marketo v2', 'How Segment events become requests to Marketo, by the v2 contract.', {
    ...closed({
      ...schemaMember,
      ...unread(knownUnread, 'Stored by Segment and looked past'),
      beta: told('Segment’s switch: true means mode hybrid', flag),
      ...v2Members
    }),
    ...oneOfThese(['munchkinId', 'accountId'])
  })

const v1Members = membersOf(v1Rows, {
  munchkinId: { schema: munchkinId, examples: ['561-HYG-937'] },
  projectId: { schema: orNull({ type: 'string', not: { enum: ['.', '..'] } }) },
  signerOrigin: { schema: origin },
  pageOrigin: { schema: orNull(origin), examples: site },
  userIdField: { schema: marketoName },
  anonymousIdField: { schema: marketoName },
  cookiePath: { schema: keysOrNull, examples: [['context', 'Marketo', 'marketoCookie']] },
  postalCode: { schema: postalCode },
  browserZone: { schema: minutes },
  munchkinOptions: { schema: munchkinOptions, examples: [{ domainLevel: 2 }] }
})

/** Settings of v1, by Segment's names and by our own. @internal */
export const v1Schema = (): JsonObject =>
  headed('Settings of Marketo v1', 'How Segment events become requests to Marketo, by the v1 contract.', {
    ...closed({ ...schemaMember, ...unread(credentialNames, 'A credential: keep it out of settings'), ...v1Members }),
    ...oneOfThese(['munchkinId', 'accountId'])
  })
