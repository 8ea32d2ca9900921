/**
 * What v1 did and v2 does not do, or not in the same way: one row for each thing, shown where settings or events have it.
 *
 * Sources: Segment "Marketo Destination", "Marketo v2 Destination"; Segment's two integrations for analytics.js.
 *
 * @module
 */
import { isSameJson } from '../contract/setting-readers.js'
import { settingRows } from '../v1/setting-names.js'
import type { Settings } from '../v1/settings.js'
import type { Fact, Facts, Tally } from './facts.js'
import type { WithoutEquivalent } from './migration-report.js'

interface EventRow {
  readonly what: string
  readonly counted: Tally
  readonly v1: string
  readonly instead: string
}

const namesWith = (facts: ReadonlyArray<Fact>, count: (fact: Fact) => number): ReadonlyArray<string> =>
  facts.filter((fact) => count(fact) > 0).map(({ name }) => name)

const eventRows: ReadonlyArray<EventRow> = [
  {
    what: 'track-parameters',
    counted: 'withProperties',
    v1: 'wrote every property into the parameters of the visit',
    instead: 'map the properties that Marketo needs to attributes of the custom activity: no other leaves'
  },
  {
    what: 'cookie-first',
    counted: 'withCookie',
    v1: 'let the Munchkin cookie decide which lead a call is about, before any id',
    instead:
      'nothing to do: email, then userId decide in v2, and the cookie is joined to that lead. Where they name different people, mend it at the source'
  },
  {
    what: 'bare-name',
    counted: 'withName',
    v1: 'sent the trait name from browsers as it was, beside the first and last name made from it',
    instead: 'use first and last name: v2 splits name into them and sends no name of its own'
  },
  {
    what: 'id-trait',
    counted: 'withIdTrait',
    v1: 'sent a trait id (Marketo passed over it) and a trait userId',
    instead: 'send the userId of the call itself: in REST, id is the number that Marketo gives to a lead'
  },
  {
    what: 'street',
    counted: 'withStreet',
    v1: 'left the street of an address out',
    instead: 'send it as a trait of its own at the top level, and map that to the field address'
  },
  {
    what: 'two-postal-codes',
    counted: 'withTwoPostalCodes',
    v1: 'read postalCode before zip',
    instead: 'send one of the two: v2 reads zip first, unless the setting postalCode says otherwise'
  },
  {
    what: 'without-user-id',
    counted: 'withoutUserId',
    v1: 'took calls without a userId',
    instead: 'send a userId, or set anonymousActivity to true: otherwise v2 rejects these calls'
  },
  {
    what: 'without-email',
    counted: 'withoutEmail',
    v1: 'sent no identify call without an email, unless there was a cookie',
    instead:
      'send the email: v2 takes such calls by their userId, and makes a lead without an email where it finds none'
  },
  {
    what: 'switched-off',
    counted: 'switchedOffForV1',
    v1: 'was switched off for these calls by its name in integrations',
    instead: 'switch v2 off by its own name, Marketo V2: v1’s name means nothing to it'
  },
  {
    what: 'screen',
    counted: 'screen',
    v1: 'had nothing to do with screen calls',
    instead: 'send a mapped track call: a screen has no address that could be visited'
  },
  {
    what: 'alias',
    counted: 'alias',
    v1: 'had nothing to do with alias calls',
    instead: 'send an identify call with the new userId and the email'
  },
  {
    what: 'group',
    counted: 'group',
    v1: 'had nothing to do with group calls',
    instead:
      'know that this library writes the company’s fields on the lead; switch Marketo V2 off in the integrations of these calls if that is not wanted'
  },
  {
    what: 'delete',
    counted: 'delete',
    v1: 'had nothing to do with delete calls',
    instead: 'delete these leads in Marketo'
  }
]

interface SettingRow {
  readonly setting: keyof Settings
  readonly v1: string
  readonly instead: string
}

const settingTexts: ReadonlyArray<SettingRow> = [
  {
    setting: 'projectId',
    v1: 'asked a signer for the signature of associateLead',
    instead: 'nothing to do: v2 signs nothing. Take the private key out of where it lies'
  },
  {
    setting: 'clientNaming',
    v1: 'named the fields of browsers by a rule of its own',
    instead: 'compare the proposed fields with those that browsers wrote to: they are named by the rule of the server'
  },
  {
    setting: 'clientEmail',
    v1: 'took the email of a browser’s identify from its trait alone',
    instead: 'know that v2 also takes a userId that is an email'
  },
  {
    setting: 'trackParams',
    v1: 'wrote parameters of track calls without the last &',
    instead: 'nothing to do: there are no such visits in v2'
  },
  {
    setting: 'withoutCookie',
    v1: 'sent no visit without a Munchkin cookie',
    instead: 'send page calls with the cookie, or keep the others away: v2 derives a visitor for them'
  },
  {
    setting: 'associateVisitors',
    v1: 'left derived visitors unknown',
    instead: 'know that v2 joins them to their lead'
  },
  {
    setting: 'firstPage',
    v1: 'left the first page call of a page to Munchkin’s own count',
    instead: 'know that v2 maps it like any other page call'
  },
  {
    setting: 'gateNames',
    v1: 'could be switched off under names of your own',
    instead: 'add them to gateNames of v2, beside Marketo V2'
  },
  {
    setting: 'userIdField',
    v1: 'wrote the userId to a field of your choice',
    instead: 'fill userId from it: v2 finds leads by the field userId'
  },
  {
    setting: 'anonymousIdField',
    v1: 'wrote the anonymousId to a field of your choice',
    instead: 'nothing to do: v2 fills anonymousId by itself'
  }
]

/** Whether v2, as proposed, does the same after all. */
const isServed = (counted: Tally, settings: Settings, anonymousActivity: boolean): boolean =>
  (counted === 'withoutUserId' && anonymousActivity) ||
  (counted === 'withTwoPostalCodes' && !isSameJson(settings.postalCode, settingRows.postalCode.fallback))

/** Everything of that kind in these settings and events; `anonymousActivity` is v2's setting. */
export const withoutEquivalent = (
  settings: Settings,
  facts: Facts,
  anonymousActivity: boolean
): ReadonlyArray<WithoutEquivalent> => {
  const found: Array<WithoutEquivalent> = []
  for (const { what, counted, v1, instead } of eventRows) {
    const calls = facts.tallies[counted]
    if (calls > 0 && !isServed(counted, settings, anonymousActivity))
      found.push({ what, calls, names: [], v1, instead })
  }
  const structures = namesWith(facts.traits, (fact) => fact.structures)
  if (structures.length > 0)
    found.push({
      what: 'structures',
      calls: facts.traits.reduce((sum, fact) => sum + fact.structures, 0),
      names: structures,
      v1: 'handed lists and objects to associateLead as they were',
      instead:
        'flatten them before they reach this mapping, into traits of one value each (flatten of segment-marketo/segment)'
    })
  const parts = facts.addressParts.map(({ name }) => name)
  if (parts.length > 0)
    found.push({
      what: 'address-parts',
      calls: facts.addressParts.reduce((sum, fact) => sum + fact.values + fact.structures + fact.silent, 0),
      names: parts,
      v1: 'took an address apart and left these parts out',
      instead: 'send them as traits at the top level, and give each a row'
    })
  const agentless = facts.tallies.pagesWithoutAgent
  if (agentless > 0 && settings.userAgent !== null)
    found.push({
      what: 'user-agent',
      calls: agentless,
      names: [],
      v1: 'put a user agent of its own into visits whose call had none',
      instead: 'set context.userAgent on the server: v2 sends no page call without one'
    })
  for (const { setting, v1, instead } of settingTexts) {
    if (!isSameJson(settings[setting], settingRows[setting].fallback))
      found.push({ what: 'setting', calls: 0, names: [setting], v1, instead })
  }
  return found
}
