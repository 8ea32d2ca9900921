/**
 * Where each outgoing value came from, which rule moved it, and why the rest stayed.
 *
 * @module
 */
export { explainV2 } from './explain-v2.js'
export type { ExplainedMove, Explanation } from './explanation.js'
