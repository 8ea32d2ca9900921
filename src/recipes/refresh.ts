/**
 * Scores that lose points with time, told again: Marketo learns of them with the next event, or by this.
 *
 * @module
 */
import type { Instant } from '../ground/calendar.js'
import { valueAt, withValue } from '../ground/tree.js'
import type { UpsertLead } from '../intent/intent.js'
import { compile } from './compile.js'
import type { Recipes } from './decode.js'
import { type Memory, type PersonMemory, peopleOf } from './memory.js'
import { type CompiledScore, currentScore } from './scores.js'

/** The scores of a person that are not what Marketo was told: by field, with the memory of them told. */
const staleOf = (
  scores: ReadonlyArray<CompiledScore>,
  person: PersonMemory,
  now: Instant
): readonly [fields: ReadonlyArray<readonly [string, number]>, person: PersonMemory] => {
  const known = new Map(Object.entries(person.scores))
  const fields: Array<readonly [string, number]> = []
  for (const compiled of scores) {
    const { name, to } = compiled.score
    const memory = known.get(name)
    if (memory === undefined || to.way !== 'total' || compiled.halfLife === null) continue
    const current = currentScore(compiled, memory, now)
    if (current === memory.told) continue
    fields.push([to.field, current])
    known.set(name, { ...memory, told: current })
  }
  return [fields, fields.length === 0 ? person : { ...person, scores: Object.fromEntries(known) }]
}

/**
 * Upserts of the scores that have lost points since Marketo was last told, and the memory in which they are told. Call it from time to
 * time, such as once a day.
 *
 * @category recipes
 * @since 0.1.0
 */
export const refreshScores =
  (recipes: Recipes) =>
  (memory: Memory, now: Instant): readonly [memory: Memory, upserts: ReadonlyArray<UpsertLead>] => {
    const { scores } = compile(recipes, [])
    const upserts: Array<UpsertLead> = []
    let { people } = memory
    for (const person of peopleOf(memory)) {
      const [fields, after] = staleOf(scores, person, now)
      const [key] = person.keys
      const name = key === undefined ? undefined : valueAt(memory.names, key)
      if (fields.length === 0 || name === undefined) continue
      const { lead } = person
      people = withValue(people, name, after)
      upserts.push({
        _tag: 'UpsertLead',
        munchkinId: recipes.munchkinId,
        lead,
        fields: Object.fromEntries([...fields, [lead.lookupField, lead.value]]),
        action: 'updateOnly',
        partitionName: null
      })
    }
    return [{ ...memory, people }, upserts]
  }
