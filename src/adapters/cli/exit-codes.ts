/**
 * How commands end: one table, which `--help` and the page about the command line are drawn from.
 *
 *     0    all well                          130    Ctrl-C
 *     1    something was lost on the way: each command says what
 *     2    it could not be carried out at all
 *
 * @module
 */

/** What each code means, whatever the command. */
export const exitCodes = {
  0: 'all well',
  2: 'it could not be carried out: unknown flag, missing file, settings that cannot be used',
  130: 'Ctrl-C'
} as const

const events = 'an event was invalid, or a line could not be read'

/**
 * When a command ends with 1, by its words; null for one that never does. A command without a row is a fault of the program, and a test
 * finds it. With `--exit-zero`, where a command has it, 0 stands in the place of 1.
 */
// biome-ignore format: table
export const endsWithOne: Readonly<Record<string, string | null>> = {
  '':                'something was lost on the way: the help of each command says what',
  'map':             events,
  'deliver':         'an event was invalid, a line could not be read, or something was not delivered',
  'explain':         'the event was invalid, or the line could not be read',
  'check':           'an event was invalid, a line unreadable, or the instance does not fit or refused to be read',
  'provision':       'something cannot be created as the settings have it, or was not',
  'suggest':         'a line could not be read',
  'diff':            'a line could not be read; that outputs change is no fault',
  'migrate':         'an event or a line could not be read, or the ids are wrong',
  'recipes check':   events,
  'recipes schema':  null,
  'writeback':       'an activity was invalid, or a line could not be read',
  'source sync':     'a record could not be read, or a collection was not read to its end',
  'source schema':   null,
  'source estimate': null,
  'completion':      null
}

/** A command's exit codes in the order of their numbers, each with what it means. */
export const exitRows = (command: string): ReadonlyArray<readonly [code: number, means: string]> => {
  const one = endsWithOne[command] ?? null
  return [[0, exitCodes[0]], ...(one === null ? [] : [[1, one] as const]), [2, exitCodes[2]], [130, exitCodes[130]]]
}

/** The last part of a command's help. */
export const drawExitCodes = (command: string): string => {
  const rows = exitRows(command).map(([code, means]) => `  ${String(code).padEnd(3)}  ${means}`)
  return `\nEnds with\n${rows.join('\n')}`
}
