/**
 * What never stands in a link: credentials, wherever they are, and settings that the library does not know.
 *
 *     { accountId, privateKey, events: [ … { token } … ] }  ──▶  { accountId, events: [ … ] }  and the names of the two others
 *
 * Names are compared without regard to case, dashes and underscores. Every member of the text counts, also one that a later member of
 * the same name hides from whoever parses it.
 *
 * @module
 */
import { isRecord } from '../../../src/ground/json.js'
import { type JsonNode, readJsonText, valueIn } from './json-text.js'

/** A text that may go into a link, null where none may, and the names that were left out. */
export interface Shareable {
  readonly text: string | null
  readonly leftOut: ReadonlyArray<string>
}

/** Names of members that hold a credential: v1's two sets, the API client's, and what people call such things. */
const secretNames: ReadonlySet<string> = new Set([
  ...['privatekey', 'apiprivatekey', 'munchkinprivatekey', 'munchkinapiprivatekey', 'signingkey'],
  ...['soapuserid', 'encryptionkey', 'soapencryptionkey', 'soapkey', 'soapsecret'],
  ...['clientid', 'clientsecret', 'secret', 'sharedsecret', 'apisecret', 'apikey', 'writekey'],
  ...['token', 'accesstoken', 'refreshtoken', 'bearertoken', 'authtoken', 'authorization', 'credentials'],
  ...['password', 'passwd', 'passphrase', 'pwd']
])

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Whether a member of this name may hold a credential. */
export const isSecretName = (name: string): boolean => secretNames.has(folded(name))

/** The names of members below a node that must not leave. */
const secretsBelow = (node: JsonNode): ReadonlyArray<string> =>
  node.children.flatMap((child) =>
    typeof child.key === 'string' && isSecretName(child.key) ? [child.key] : secretsBelow(child)
  )

const withoutSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isSecretName(name))
      .map(([name, member]) => [name, withoutSecrets(member)])
  )
}

const distinct = (names: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(names)]

const printed = (value: unknown): string => JSON.stringify(value, null, 2)

/**
 * Events as they may stand in a link: as they were typed where no name in them is a credential's. Of a text that is no JSON nobody can
 * say so; it goes as it is only where no such name is in it.
 */
export const shareableEvents = (text: string): Shareable => {
  const { nodes, faults } = readJsonText(text)
  if (faults.length > 0) return looksSecret(text) ? { text: null, leftOut: ['all events'] } : { text, leftOut: [] }
  const leftOut = distinct(nodes.flatMap(secretsBelow))
  if (leftOut.length === 0) return { text, leftOut }
  const values = nodes.map((node) => withoutSecrets(valueIn(text, node)))
  return { text: values.map(printed).join('\n'), leftOut }
}

/** Whether a text that cannot be read might name a credential: what stands before a colon does, or an escape hides what it says. */
const looksSecret = (text: string): boolean =>
  /\\u/i.test(text) || text.split(/[:=]/).some((part) => isSecretName(lastLine(part).slice(-60)))

/** What could be a name at the end of a text: what follows the last sign that separates members. */
const lastLine = (text: string): string =>
  text.slice(Math.max(...['{', ',', '[', '\n'].map((sign) => text.lastIndexOf(sign))) + 1)

/** Settings as they may stand in a link: only names that are known, and none of a credential. What cannot be read stays here. */
export const shareableSettings = (known: ReadonlyArray<string>, text: string): Shareable => {
  const { nodes, faults } = readJsonText(text)
  const [root, more] = nodes
  const value = root === undefined ? undefined : valueIn(text, root)
  if (root === undefined || more !== undefined || faults.length > 0 || !isRecord(value))
    return { text: null, leftOut: ['all settings'] }
  const unknown = root.children.flatMap(({ key }) => (typeof key === 'string' && !known.includes(key) ? [key] : []))
  const leftOut = distinct([...unknown, ...secretsBelow(root)])
  if (leftOut.length === 0) return { text, leftOut }
  const kept = Object.fromEntries(Object.entries(value).filter(([name]) => known.includes(name)))
  return { text: printed(withoutSecrets(kept)), leftOut }
}
