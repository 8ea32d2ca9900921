// @ts-check
/** publint and "are the types wrong", asked about the very tarball. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { root } from '../tools/project.mjs'

/** @param {string} tarball */
export const publintFaults = async (tarball) => {
  const bytes = readFileSync(tarball)
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`)
}

/** @param {string} tarball */
export const attwFaults = (tarball) => {
  const attw = join(root, 'node_modules', '.bin', 'attw')
  const { status, stdout, stderr } = spawnSync(attw, [tarball, '--no-color', '--no-emoji'], {
    cwd: root,
    encoding: 'utf8'
  })
  return status === 0 ? [] : [`attw: ${stdout}${stderr}`]
}
