/**
 * What a setting's text says: platforms give text where people mean more.
 *
 *     'true'  '[6, 7]'  '{"email":"Email"}'  '"text"'      what the JSON holds
 *     'Default'  '12'  'not {json'                         the text itself: names may consist of digits
 *
 * @module
 */

const speaksJson = /^(?:(?:true|false|null)$|[[{"])/

/** The JSON in a text, or undefined. @internal */
export const parsedJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** The value that a setting means. @internal */
export const jsonOf = (u: unknown): unknown => {
  if (typeof u !== 'string') return u
  const text = u.trim()
  if (text === 'null') return null
  return speaksJson.test(text) ? (parsedJson(text) ?? u) : u
}
