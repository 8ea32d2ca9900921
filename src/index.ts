/**
 * segment-marketo: Segment events in, descriptions of Marketo requests out.
 *
 *     event ──▶ v2Mapper(settings) ──▶ intents ──▶ describeSteps ──▶ requests ┄┄▶ your client
 *
 * The everyday names, flat. Each room has its own entry besides (`segment-marketo/v2`, `segment-marketo/endpoints`, …) with all that it
 * offers.
 *
 * @module
 */
export { type BrowserCall, describeInBrowser } from './browser/describe.js'
export { interpret } from './endpoints/interpret.js'
export { fillSlots } from './endpoints/slots.js'
export { describeSteps } from './endpoints/steps.js'
export { explainV2 } from './explain/explain-v2.js'
export type { ExplainedMove, Explanation } from './explain/explanation.js'
export type { Json, JsonObject } from './ground/json.js'
export { type Path, printPath } from './ground/path.js'
export { describeProblem, type Problem, type Weight } from './ground/problem.js'
export type { Problems, Remarked } from './ground/these.js'
export type {
  Call,
  Described,
  Descriptor,
  HiddenForm,
  HttpRequest,
  MunchkinCall,
  Slot,
  Unsent
} from './intent/descriptor.js'
export {
  type BrowserIntent,
  type Intent,
  isBrowserIntent,
  isKeyedIntent,
  type KeyedIntent,
  type ServerIntent
} from './intent/intent.js'
export type { LeadKey } from './intent/lead-key.js'
export { combine, type Folder, type Mapped, type Mapper } from './intent/mapped.js'
export type { Answer, Reason, RecordOutcome, Verdict } from './intent/outcome.js'
export type { MunchkinId } from './marketo/munchkin-id.js'
export { decodeRecipes, type Recipes } from './recipes/decode.js'
export { folder as recipeFolder, mapper as recipeMapper } from './recipes/mapper.js'
export { type Memory, noMemory } from './recipes/memory.js'
export { settle } from './recipes/settle.js'
export { verifySegmentSignature } from './segment/webhook-signature.js'
export { decodeSettings as decodeV1Settings } from './v1/decode-settings.js'
export { browserMapper as v1BrowserMapper, browserStart as v1BrowserStart, mapper as v1Mapper } from './v1/mapper.js'
export { replaceRetired, replacingRetired } from './v1/replace-retired.js'
export type { Settings as V1Settings } from './v1/settings.js'
export { decodeSettings as decodeV2Settings } from './v2/decode-settings.js'
export { browserMapper as v2BrowserMapper, browserStart as v2BrowserStart, mapper as v2Mapper } from './v2/mapper.js'
export type { Settings as V2Settings } from './v2/settings.js'
