/**
 * Emails, programs and campaigns, asked for by number.
 *
 *     email/2290.json           { id, name, subject: { type: 'Text', value } }
 *     program/1188.json         { id, name }            702 where there is none
 *     campaigns.json?id=3101    { id, name, … }         what there is not is left out
 *
 * Sources: Adobe "Emails", "Programs", "Smart Campaigns".
 *
 * @module
 */
import type { JsonObject } from '../ground/json.js'
import type { Wire } from './request.js'
import { type Desk, done, failed, type Told } from './told.js'

const long = '1970-01-01T00:00:00Z'

const numberIn = ({ path }: Wire): number => Number.parseInt(path[4] ?? '', 10)

const one = (asset: JsonObject | undefined): Told =>
  asset === undefined ? failed('702', 'No data found for the given search criteria') : done([asset])

/** Carries out Get Email by Id. @internal */
export const getEmail = ({ draft }: Desk, wire: Wire): Told => {
  const email = draft.options.emails.find(({ id }) => id === numberIn(wire))
  return one(
    email === undefined
      ? undefined
      : { id: email.id, name: email.name, status: 'approved', subject: { type: 'Text', value: email.subject } }
  )
}

/** Carries out Get Program by Id. @internal */
export const getProgram = ({ draft }: Desk, wire: Wire): Told => {
  const program = draft.options.programs.find(({ id }) => id === numberIn(wire))
  return one(program === undefined ? undefined : { id: program.id, name: program.name ?? '', type: 'Default' })
}

/** Carries out Get Campaigns, for campaigns that are named. @internal */
export const getCampaigns = ({ draft }: Desk, { query }: Wire): Told => {
  const ids = query.flatMap(([name, value]) => (name === 'id' ? value.split(',') : []))
  const found = draft.options.campaigns.filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
  return done(
    found.map(({ id, name, requestable }) => ({
      id,
      name: name ?? '',
      type: requestable === false ? 'batch' : 'trigger',
      createdAt: long,
      updatedAt: long
    }))
  )
}
