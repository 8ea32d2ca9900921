/**
 * Calls of Munchkin and of hidden forms, made in a browser page: the one room here that sends by itself, through Marketo's own scripts.
 *
 * @module
 */
export { browserWorld, type PageElement, type PagePlace, type PageWindow } from './browser-world.js'
export type { NotRun, NotRunReason, Ran } from './ran.js'
export { type PageRunner, type PageRunnerOptions, pageRunner } from './runner.js'
export type { PageRequest, PageResponse, PageWorld } from './world.js'
