/**
 * A short name for settings: equal settings have the same one, whatever the order of their members.
 *
 * @module
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { isRecord } from '../ground/json.js'
import { utf8Bytes } from '../ground/utf8.js'
import type { Settings } from './settings.js'

/** JSON with members in the order of the alphabet. Settings are as deep as their rows, and no deeper. */
const inOrder = (u: unknown): unknown => {
  if (Array.isArray(u)) return u.map(inOrder)
  if (!isRecord(u)) return u
  return Object.keys(u)
    .sort()
    .map((key) => [key, inOrder(u[key])])
}

/**
 * The version of settings: twelve hex digits of a SHA-256 over all that they say.
 *
 * @example
 * import { settingsVersion } from 'segment-marketo/settings'
 * import { decodeSettings } from 'segment-marketo/v2'
 *
 * const read = decodeSettings({ munchkinId: '561-HYG-937' })
 * read._tag !== 'Left' && settingsVersion(read.right).length // => 12
 * @category comparing
 * @since 0.1.0
 */
export const settingsVersion = (settings: Settings): string =>
  bytesToHex(sha256(utf8Bytes(JSON.stringify(inOrder(settings))))).slice(0, 12)
