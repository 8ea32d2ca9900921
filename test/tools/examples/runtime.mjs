// @ts-check
/** What a rewritten example leans on: the check, and fp-ts's constructors as plain data. */
import assert from 'node:assert'

export const left = (/** @type {unknown} */ value) => ({ _tag: 'Left', left: value })
export const right = (/** @type {unknown} */ value) => ({ _tag: 'Right', right: value })
export const both = (/** @type {unknown} */ first, /** @type {unknown} */ second) => ({
  _tag: 'Both',
  left: first,
  right: second
})
export const some = (/** @type {unknown} */ value) => ({ _tag: 'Some', value })
export const none = { _tag: 'None' }

/** As JSON, which all our values are; what has no JSON, such as undefined or a bigint, stands for itself. @param {unknown} value */
const normal = (value) => {
  if (typeof value !== 'object' || value === null) return value
  return JSON.parse(JSON.stringify(value))
}

/**
 * @param {unknown} actual
 * @param {() => unknown} expected
 * @param {string} where
 */
export const __same = (actual, expected, where) => {
  try {
    assert.deepStrictEqual(normal(actual), normal(expected()))
  } catch (error) {
    console.log(`${where} ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
