/**
 * Which command is likely the next one: a line on standard error, to be copied into a shell.
 *
 *     next: segment-marketo explain 'my events.ndjson' --settings settings.json --line 17
 *
 * Never with `--json` or `--quiet`: it is for people.
 *
 * @module
 */
import { printable } from './text/printable.js'
import type { World } from './world.js'

/** A word as a shell takes it for one. A file whose name begins with a dash would be taken for a flag. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`

/** A file as an argument: one that begins with a dash says where it is, but for standard input. */
export const fileWord = (path: string): string => (path.startsWith('-') && path !== '-' ? `./${path}` : path)

/** Flags with a file each; none for what is null. */
export const fileFlag = (flag: string, path: string | null): ReadonlyArray<string> =>
  path === null ? [] : [flag, fileWord(path)]

/** The flag that names an instance, with the file of its credentials; none where no instance is asked. */
export const instanceFlags = (
  flag: string,
  instance: string | null,
  credentials: string | null
): ReadonlyArray<string> => (instance === null ? [] : [flag, instance, ...fileFlag('--credentials', credentials)])

/** Says which command is the next, and what is to be done before it, if anything. */
export const sayNext = (world: World, words: ReadonlyArray<string>, before = ''): void => {
  if (world.json) return
  const command = ['segment-marketo', ...words].map(shellWord).join(' ')
  world.err.write(`${printable(`next: ${before}${command}`)}\n`)
}
