/**
 * What a recipe page shows: the rules, each event with what it becomes, and the calls that are really made of it all, to a Marketo in memory.
 */
import { readFileSync } from 'node:fs'
import { describeIntent } from '../../src/adapters/cli/text/intent-words.js'
import type { Item } from '../../src/delivery/outcome.js'
import { start } from '../../src/delivery/start.js'
import { requestUri } from '../../src/endpoints/request-uri.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { HttpRequest } from '../../src/intent/descriptor.js'
import type { Intent } from '../../src/intent/intent.js'
import { decodeRecipes, type Recipes } from '../../src/recipes/decode.js'
import { folder } from '../../src/recipes/mapper.js'
import { noMemory } from '../../src/recipes/memory.js'
import { settle } from '../../src/recipes/settle.js'
import { startSimulator } from '../../src/simulator/start.js'
import type { SimulatorState } from '../../src/simulator/state.js'
import { drive, type World } from '../delivery/drive.js'
import { root } from './declared.js'

const textOf = (name: string): string => readFileSync(`${root}docs/examples/recipes/${name}`, 'utf8')

/** The rules of an example. */
export const rulesOf = (name: string): Recipes => {
  const read = decodeRecipes(JSON.parse(textOf(`${name}.json`)))
  if (read._tag !== 'Right') throw new Error(`the rules of ${name} are not sound`)
  return read.right
}

/** The events of an example. */
export const eventsOf = (name: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  textOf(`${name}.ndjson`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** An event with what it becomes. */
interface Step {
  readonly event: Readonly<Record<string, unknown>>
  readonly intents: ReadonlyArray<Intent>
  readonly problems: ReadonlyArray<string>
}

/** The events of an example, one after another. */
export const stepsOf = (name: string): ReadonlyArray<Step> => {
  const fold = folder(rulesOf(name))
  let memory = noMemory
  return eventsOf(name).map((event) => {
    const [after, mapped] = fold(memory, event, Date.parse(String(event.timestamp)))
    memory = after
    return {
      event,
      intents: mapped._tag === 'Left' ? [] : mapped.right,
      problems: mapped._tag === 'Right' ? [] : mapped.left.map(describeProblem)
    }
  })
}

const step = (name: string, n: number) => ({ name, step: n })

/** A Marketo that has what the examples name. */
export const exampleMarketo = ({ munchkinId }: Recipes): SimulatorState => {
  const custom = [
    ...['userId', 'signupCampaign', 'trialPlan', 'lifecycleStage', 'externalCompanyId'].map(
      (name) => [name, 'string'] as const
    ),
    ...['trialStartedAt', 'lastPricingVisit', 'firstLogin', 'lastLogin', 'firstReport'].map(
      (name) => [name, 'datetime'] as const
    ),
    ...['isTrialPowerUser', 'usesReports'].map((name) => [name, 'boolean'] as const),
    ...['productScore', 'loginCount', 'lifetimeValue'].map((name) => [name, 'integer'] as const)
  ]
  return startSimulator({
    munchkinId,
    clientId: 'client',
    clientSecret: 'secret',
    customFields: custom.map(([name, type]) => ({ name, type })),
    leads: [{ fields: { email: 'ana@example.com' } }],
    lists: [
      { id: 1001, name: 'Trial power users', leadIds: [1] },
      { id: 1007, name: 'VIP customers' },
      { id: 1009, name: 'Leave alone' },
      { id: 1042, name: 'At risk' }
    ],
    programs: [
      { id: 1002, statuses: [step('Registered', 1), step('Attended', 2), step('Unsubscribed', 9)] },
      { id: 1004, statuses: [step('Member', 1)] },
      { id: 1005, statuses: [step('Member', 1)] }
    ],
    campaigns: [{ id: 1003 }, { id: 1006 }]
  })
}

/** The example delivered: what was kept of its batch, with the ids that outcomes bear. */
export const deliveredExample = (name: string): World => {
  const items = stepsOf(name).flatMap(({ event, intents }, i) =>
    intents.map((intent, k): Item => ({ id: `${i}.${k}`, messageId: String(event.messageId), intent }))
  )
  return drive(start(settle(items).kept), exampleMarketo(rulesOf(name)))
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

const bodyOf = ({ body }: HttpRequest): string =>
  body === null ? '' : 'json' in body ? `\n     ${JSON.stringify(body.json)}` : ''

const callText = (request: HttpRequest): string =>
  `${request.method.padEnd(6)} ${decodeURIComponent(requestUri(request))}${bodyOf(request)}`

const eventText = ({ event, intents, problems }: Step): string => {
  const { messageId: _, ...rest } = event
  const becomes = [
    ...intents.map((intent) => `→ ${describeIntent(intent)}`),
    ...problems.map((problem) => `✗ ${problem}`)
  ]
  return `${fenced('json', JSON.stringify(rest))}\n\n${fenced('text', becomes.join('\n'))}`
}

/** Draws an example: `rules`, `events` or `calls` of it. */
export const drawRecipe = ([name = '', part = '']: ReadonlyArray<string>): string => {
  if (part === 'rules') return fenced('json', textOf(`${name}.json`).trim())
  if (part === 'events') return stepsOf(name).map(eventText).join('\n\n')
  const calls = deliveredExample(name).sent.filter(({ host }) => host === 'rest')
  return fenced('text', calls.map(callText).join('\n'))
}
