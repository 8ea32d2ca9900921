/**
 * What a driver from outside needs: the targets, and what must hold of them.
 *
 * @module
 */
export { faultOf, inputFrom } from './held.js'
export { targets } from './targets/index.js'
