/**
 * Get Channels: the statuses that members of a channel's programs can have, as the programs that there are say them.
 *
 * Source: Adobe "Channels".
 *
 * @module
 */
import { type JsonObject, ownMember } from '../ground/json.js'
import { queryLimits } from '../marketo/limits.js'
import type { ProgramKept } from './asset-records.js'
import { invalid, wholeUnder } from './query.js'
import type { Wire } from './request.js'
import { type Desk, done, type Told } from './told.js'

const channelOf = ({ record }: ProgramKept): string => String(ownMember(record, 'channel'))

const statusShown = ({ name, step }: ProgramKept['statuses'][number]): JsonObject => ({
  name,
  description: '',
  hidden: false,
  type: 'Progression Status',
  step,
  success: false
})

/** A channel; of two programs that say its statuses, the first counts. */
const shown = (program: ProgramKept, i: number): JsonObject => ({
  id: i + 1,
  name: channelOf(program),
  description: '',
  applicableProgramType: 'default',
  createdAt: '1970-01-01T00:00:00Z+0000',
  updatedAt: '1970-01-01T00:00:00Z+0000',
  progressionStatuses: program.statuses.map(statusShown)
})

/** Carries out Get Channels. @internal */
export const getChannels = ({ draft }: Desk, { query }: Wire): Told => {
  const size = wholeUnder(query, 'maxReturn', queryLimits.assetPageDefault, 1)
  if (size === undefined || size > queryLimits.assetPage) return invalid('maxReturn')
  const offset = wholeUnder(query, 'offset', 0, 0)
  if (offset === undefined) return invalid('offset')
  const byName = new Map<string, ProgramKept>()
  for (const program of draft.assets.programs)
    if (!byName.has(channelOf(program))) byName.set(channelOf(program), program)
  const page = [...byName.values()].map(shown).slice(offset, offset + size)
  return page.length === 0
    ? { ...done(null), warnings: ['No assets found for the given search criteria.'] }
    : { ...done(page), warnings: [] }
}
