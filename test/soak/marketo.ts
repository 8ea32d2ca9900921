/**
 * The instance that a soak delivers to, and the settings that fit it.
 */

import type { Mapper } from '../../src/intent/mapped.js'
import type { Fault } from '../../src/simulator/options.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { mapper } from '../../src/v2/mapper.js'
import { corpusSettings } from '../bench/corpus.js'

const settings = corpusSettings()

/** The track events that are mapped. */
export const eventNames: ReadonlyArray<string> = settings.events.map(({ event }) => event)

/** Events to intents. */
export const map: Mapper = mapper(settings)

/** Who may ask. */
export const credentials = { clientId: 'client', clientSecret: 'secret' }

const kinds: ReadonlyArray<Fault['kind']> = [
  ...(['timeout-before', 'timeout-after', '502', '606', '611', '615'] as const),
  ...(['expired-token', 'skip-record'] as const)
]

/** A fresh instance, where each kind of fault strikes with a probability. */
export const freshMarketo = (probability: number, seed: number): SimulatorState =>
  startSimulator({
    munchkinId: settings.munchkinId,
    ...credentials,
    customFields: [
      { name: 'userId', type: 'string' },
      { name: 'anonymousId', type: 'string' },
      { name: 'planName__c', type: 'string' },
      { name: 'seats__c', type: 'integer' }
    ],
    activityTypes: settings.events.map(({ activityTypeId }) => ({
      id: activityTypeId,
      primaryAttribute: { apiName: 'plan', dataType: 'string' },
      attributes: [{ apiName: 'seats', dataType: 'integer' }]
    })),
    faults: kinds.map((kind) => ({ at: { probability }, kind })),
    seed
  })
