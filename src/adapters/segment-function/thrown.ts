/**
 * The errors that a handler throws: the platform's own classes, by which Event Delivery tells them apart.
 *
 * Where a class is not there, an error of that name stands in for it.
 *
 * Source: Segment "Destination Functions", Errors and error handling.
 *
 * @module
 */
import type { Ending } from './ending.js'

type ErrorClass = new (message: string) => Error

declare const RetryError: ErrorClass | undefined
declare const InvalidEventPayload: ErrorClass | undefined
declare const ValidationError: ErrorClass | undefined
declare const EventNotSupported: ErrorClass | undefined

/** Asked by `typeof`, because a name that is not declared may only be asked for so. */
// biome-ignore format: table
const classes: Readonly<Record<Ending['kind'], () => readonly [name: string, given: ErrorClass | undefined]>> = {
  retry:       () => ['RetryError',          typeof RetryError === 'function' ? RetryError : undefined],
  payload:     () => ['InvalidEventPayload', typeof InvalidEventPayload === 'function' ? InvalidEventPayload : undefined],
  settings:    () => ['ValidationError',     typeof ValidationError === 'function' ? ValidationError : undefined],
  unsupported: () => ['EventNotSupported',   typeof EventNotSupported === 'function' ? EventNotSupported : undefined]
}

/** The error to throw for an event that ended so. @internal */
export const thrownFor = ({ kind, message }: Ending): Error => {
  const [name, Given] = classes[kind]()
  if (Given !== undefined) return new Given(message)
  const error = new Error(message)
  error.name = name
  return error
}
