// @ts-check
/**
 * What the page should show, said by the library itself outside of it: mapped by the mappers of its front door, printed by `toCurl`.
 */
import { bundle, text } from '../bundles.mjs'

const code = (
  await bundle(
    text(`
      export { decodeRecipes, decodeV1Settings, decodeV2Settings, describeSteps, isBrowserIntent, recipeMapper, v1Mapper, v2BrowserMapper, v2BrowserStart, v2Mapper } from './src/index.ts'
      export { recipeTargets } from './src/adapters/cli/recipes/targets.ts'
      export { toCurl } from './src/adapters/fetch/index.ts'
      export { examples, presets } from './docs/playground/model/examples.ts'
      export { controls, initialControls } from './docs/playground/model/controls.ts'
      export { prepare } from './docs/playground/model/contracts.ts'
      export { lastRound } from './docs/playground/model/rounds.ts'
      export { startRun } from './docs/playground/model/run.ts'
      export { fateCounts } from './docs/playground/model/delivery-words.ts'
    `)
  )
).code

const lib = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)

/** @type {ReadonlyArray<{ id: string, preset: string, events: string }>} */
export const examples = lib.examples
/** @type {ReadonlyArray<{ id: string, label: string, contract: string, settings: string }>} */
export const presets = lib.presets
export const { controls, initialControls, fateCounts, isBrowserIntent, toCurl, describeSteps } = lib

/** @param {any} either */
const right = (either) => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

/** @param {any} mapped @returns {ReadonlyArray<any>} */
const intentsOf = (mapped) => (mapped._tag === 'Left' ? [] : mapped.right)

/** Who takes a call of v2. @param {any} settings @param {any} event */
const v2Side = ({ mode }, { type }) =>
  mode === 'cloud' || (mode === 'hybrid' && type !== 'identify' && type !== 'page') ? 'server' : 'browser'

/** The events of an example that are JSON: one text, or one a line. @param {string} whole @returns {ReadonlyArray<any>} */
const eventsIn = (whole) => {
  try {
    return [JSON.parse(whole)]
  } catch {
    const texts = whole.startsWith('{\n') ? whole.split(/\n(?=\{)/) : whole.split('\n')
    return texts.flatMap((line) => {
      try {
        return [JSON.parse(line)]
      } catch {
        return []
      }
    })
  }
}

/** One event through the mapper of a contract. @param {string} contract @param {any} given @returns {(event: any) => ReadonlyArray<any>} */
const mapperFor = (contract, given) => {
  if (contract === 'v1') {
    const map = lib.v1Mapper(right(lib.decodeV1Settings(given)))
    return (event) => intentsOf(map(event))
  }
  if (contract === 'recipes') {
    const [target] = lib.recipeTargets([{ name: '', settings: right(lib.decodeRecipes(given)), remarks: [] }], false)
    return (event) => intentsOf(target.map(event))
  }
  const settings = right(lib.decodeV2Settings(given))
  const [server, browser] = [lib.v2Mapper(settings), lib.v2BrowserMapper(settings)]
  return (event) => intentsOf((v2Side(settings, event) === 'server' ? server : browser)(event))
}

/**
 * The intents of each event of an example, in order.
 *
 * @param {{ preset: string, events: string }} example
 * @returns {ReadonlyArray<ReadonlyArray<any>>}
 */
export const intentsFor = ({ preset, events }) => {
  const found = presets.find(({ id }) => id === preset)
  const map = mapperFor(found?.contract ?? '', JSON.parse(found?.settings ?? ''))
  return eventsIn(events).map(map)
}

/** The requests of an event's intents as lines for a shell. @param {ReadonlyArray<any>} intents @returns {ReadonlyArray<string>} */
export const curlFor = (intents) => {
  const keyed = intents.filter((intent) => !isBrowserIntent(intent))
  if (keyed.length === 0) return []
  const described = describeSteps(keyed)
  /** @type {ReadonlyArray<any>} */
  const calls = described._tag === 'Left' ? [] : described.right
  return calls.map(({ descriptor, slots }) => toCurl(descriptor, slots))
}

/** How a delivery of an example ends. @param {string} id @param {Record<string, number>} values */
export const deliveryOf = (id, values) => {
  const example = examples.find((one) => one.id === id)
  const preset = presets.find((one) => one.id === example?.preset)
  const ready = lib.prepare(preset?.contract, preset?.settings, 'server')
  const run = lib.lastRound(lib.startRun(ready, eventsIn(example?.events ?? ''), { ...initialControls, ...values }))
  const calls = run.rounds.reduce((/** @type {number} */ sum, /** @type {any} */ { told }) => sum + told.length, 0)
  /** @type {ReadonlyArray<readonly [string, number]>} */
  const fates = [...fateCounts(run.outcomes)]
  return { items: run.items.length, calls, rounds: run.rounds.length, fates }
}
