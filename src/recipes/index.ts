/**
 * Recipes: Segment events → intents, by rules that are data.
 *
 *     rule file ──decodeRecipes──▶ recipes ──mapper──▶ event → intents
 *                                         └─folder──▶ memory, event → memory, intents      scores, stages, counts
 *     intents of many events ──settle──▶ what is meant of them
 *
 * @module
 */
export { type RuleName, ruleNames, rulesFor } from './applying.js'
export { decodeRecipes, type Recipes, recipesJsonSchema } from './decode.js'
export { folder, mapper } from './mapper.js'
export { forgetBefore, type Memory, noMemory } from './memory.js'
export { listDiff } from './reconcile.js'
export { refreshScores } from './refresh.js'
export { type Settled, settle, type WithIntent } from './settle.js'
export { churnEvents, optOutEvents } from './suppression.js'
