/**
 * Emails and programs, asked for by number.
 *
 *     email/2290.json           { id, name, subject: { type: 'Text', value }, … }
 *     program/1188.json         { id, name, … }         702 where there is none
 *
 * Sources: Adobe "Emails", "Programs".
 *
 * @module
 */
import type { AssetKept } from './asset-records.js'
import type { Wire } from './request.js'
import { type Desk, done, failed, type Told } from './told.js'

const numbered = (assets: ReadonlyArray<AssetKept>, { path }: Wire): Told => {
  const wanted = Number.parseInt(path[4] ?? '', 10)
  const asset = assets.find(({ id }) => id === wanted)
  return asset === undefined ? failed('702', 'No data found for the given search criteria') : done([asset.record])
}

/** Carries out Get Email by Id. @internal */
export const getEmail = ({ draft }: Desk, wire: Wire): Told => numbered(draft.assets.emails, wire)

/** Carries out Get Program by Id. @internal */
export const getProgram = ({ draft }: Desk, wire: Wire): Told => numbered(draft.assets.programs, wire)
