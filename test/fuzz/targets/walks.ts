/**
 * Whole walks under answers of any kind, at any time, in any order: nobody is lost, and everything ends once.
 *
 * @module
 */
import { next } from '../../../src/delivery/next.js'
import type { Item } from '../../../src/delivery/outcome.js'
import { receive } from '../../../src/delivery/receive.js'
import { start } from '../../../src/delivery/start.js'
import { type Delivery, takeOutcomes } from '../../../src/delivery/state.js'
import { isMunchkinId } from '../../../src/marketo/munchkin-id.js'
import { decodeSourceSettings } from '../../../src/source/decode-settings.js'
import { nextReads } from '../../../src/source/sync/next.js'
import { receivePart, receiveRead } from '../../../src/source/sync/receive.js'
import { startSync, takeRows } from '../../../src/source/sync/state.js'
import { decodeWritebackSettings } from '../../../src/writeback/decode-settings.js'
import { nextCalls } from '../../../src/writeback/next.js'
import { receiveAnswer } from '../../../src/writeback/receive.js'
import { startWriteback, takeEvents } from '../../../src/writeback/state.js'
import type { Target } from '../target.js'
import { rightOf } from './right.js'

const munchkinId = '561-HYG-937'
const begun = 1_714_557_600_000
const mostRounds = 60

/** The answers that an input stands for: the members of a list, or itself. */
const answersIn = (u: unknown): ReadonlyArray<unknown> => (Array.isArray(u) && u.length > 0 ? u.slice(0, 100) : [u])

const answerFrom = (u: unknown) => {
  const { status, body } = Object(u)
  return { status: Number.isInteger(status) ? Number(status) : 200, headers: {}, body: body === undefined ? u : body }
}

/** The part of a file that an input stands for. */
const textIn = (told: unknown): string => {
  const { body } = Object(told)
  return typeof body === 'string' ? body : (JSON.stringify(told) ?? '')
}

const token = { status: 200, headers: {}, body: { access_token: 'token', token_type: 'bearer', expires_in: 3_600 } }

const itemsOf = (): ReadonlyArray<Item> => {
  if (!isMunchkinId(munchkinId)) throw new Error('no Munchkin id')
  const lead = { lookupField: 'email', value: 'ana@example.com' }
  return [
    {
      id: 'a',
      messageId: 'm1',
      intent: {
        _tag: 'UpsertLead',
        munchkinId,
        lead,
        fields: { email: lead.value, firstName: 'Ana' },
        action: 'createOrUpdate',
        partitionName: null
      }
    },
    {
      id: 'b',
      messageId: 'm2',
      intent: {
        _tag: 'AddCustomActivity',
        munchkinId,
        lead: { lookupField: 'userId', value: 'u2' },
        activityTypeId: 100_001,
        activityDate: '2024-05-01T10:00:00Z',
        primaryAttributeValue: 'pro',
        attributes: []
      }
    },
    {
      id: 'c',
      messageId: 'm3',
      intent: { _tag: 'AddToList', munchkinId, lead, list: { listId: 7 }, purpose: 'engage', at: null }
    }
  ]
}

const items = itemsOf()

const everybody = (state: Delivery): string =>
  [...Object.values(state.backlog).flat(2), ...state.pending, ...state.outcomes]
    .map(({ id }) => id)
    .sort()
    .join()

const settings = rightOf(
  decodeSourceSettings({
    munchkinId,
    activityTypeIds: [1, 10, 37],
    customLeadFields: [{ field: 'leadScore', type: 'integer' }]
  })
)
const writeback = rightOf(decodeWritebackSettings({ munchkinId, namespace: 'example', events: [] }))

/** The step functions. */
export const walkTargets: ReadonlyArray<Target> = [
  {
    name: 'delivery',
    corpus: 'walks',
    reads: 'value',
    times: mostRounds,
    feed: (u) => {
      const answers = answersIn(u)
      let state = start(items)
      for (let round = 0, n = 0; round < mostRounds; round += 1) {
        const [after, requests] = next(state, begun + round * 40_000)
        state = after
        for (const { id, call } of [...requests].reverse()) {
          const isToken = call.descriptor.endpoint === 'identityToken' && n % 3 !== 2
          state = receive(
            state,
            id,
            isToken ? token : answerFrom(answers[n % answers.length]),
            begun + round * 40_000 + 5
          )
          state = receive(state, 'nobody', answerFrom(u), begun)
          n += 1
        }
        if (everybody(state) !== 'a,b,c') throw new Error('somebody is lost')
      }
      return takeOutcomes(state)[1].filter((one) => 'problem' in one)
    }
  },
  {
    name: 'source-sync',
    corpus: 'walks',
    reads: 'value',
    times: mostRounds,
    feed: (u) => {
      const answers = answersIn(u)
      let state = startSync(settings, begun - 40 * 86_400_000, { leads: 'updatedAt', jobs: 2 })
      for (let round = 0, n = 0; round < mostRounds / 3; round += 1) {
        const [after, requests] = nextReads(state, begun + round * 40_000)
        state = after
        for (const { id, call } of requests) {
          const told = answers[n % answers.length]
          const isToken = call.descriptor.endpoint === 'identityToken'
          state = receivePart(state, id, { status: 200, text: textIn(told) })
          state = receiveRead(state, id, isToken ? token : answerFrom(told), begun + round * 40_000 + 5)
          n += 1
        }
      }
      return takeRows(state)[1].problems
    }
  },
  {
    name: 'writeback-polling',
    corpus: 'walks',
    reads: 'value',
    times: mostRounds,
    feed: (u) => {
      const answers = answersIn(u)
      let state = startWriteback(writeback, begun - 86_400_000)
      for (let round = 0, n = 0; round < mostRounds / 3; round += 1) {
        const [after, requests] = nextCalls(state, begun + round * 40_000)
        state = after
        for (const { id, call } of requests) {
          const isToken = call.descriptor.endpoint === 'identityToken'
          state = receiveAnswer(
            state,
            id,
            isToken ? token : answerFrom(answers[n % answers.length]),
            begun + round * 40_000 + 5
          )
          n += 1
        }
      }
      return takeEvents(state)[2]
    }
  }
]
