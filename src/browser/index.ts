/**
 * Intents → calls in the lead's own browser: Munchkin, and hidden forms.
 *
 * @module
 */
export { type BrowserCall, describeInBrowser } from './describe.js'
