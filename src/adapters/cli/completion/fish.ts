/**
 * Completion for fish: a line for each command, flag and argument, and when it is offered.
 *
 *     complete -c segment-marketo -n '__segment_marketo_at map' -s s -l settings -r -F -d 'settings of the contract'
 *
 * Source: fish documentation, `complete`.
 *
 * @module
 */
import { type CommandOutline, everyCommand, type FlagOutline, type Value } from './outline.js'

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

const when = (test: 'at' | 'is', path: ReadonlyArray<string>): string =>
  `-n ${quoted([`__segment_marketo_${test}`, ...path].join(' '))}`

/** What stands behind a flag. */
const behind = (value: Value | null): ReadonlyArray<string> => {
  switch (value?._tag) {
    case undefined:
      return []
    case 'Words':
      return ['-x', '-a', quoted(value?._tag === 'Words' ? value.words.join(' ') : '')]
    case 'File':
      return ['-r', '-F']
    case 'Folder':
      return ['-x', '-a', quoted('(__fish_complete_directories)')]
    case 'Free':
      return ['-x']
  }
}

const complete = (...parts: ReadonlyArray<string>): string => ['complete -c segment-marketo', ...parts].join(' ')

const nameParts = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))

const flagLine = (path: ReadonlyArray<string>, { names, says, value }: FlagOutline): string =>
  complete(when(path.length === 0 ? 'is' : 'at', path), ...nameParts(names), ...behind(value), `-d ${quoted(says)}`)

const operandLine = (path: ReadonlyArray<string>, value: Value): ReadonlyArray<string> => {
  if (value._tag === 'Words') return [complete(when('at', path), '-a', quoted(value.words.join(' ')))]
  return value._tag === 'Free' ? [] : [complete(when('at', path), '-F')]
}

const linesOf = ({ path, below, flags, operands }: CommandOutline): ReadonlyArray<string> => [
  ...below.map((one) => complete(when('is', path), `-a ${one.path.at(-1)}`, `-d ${quoted(one.says)}`)),
  ...flags.map((flag) => flagLine(path, flag)),
  ...operands.slice(0, 1).flatMap((value) => operandLine(path, value))
]

/** The script. */
export const fishScript = (
  outline: CommandOutline
): string => `# Completion of segment-marketo for fish. To have it in every shell:
#   segment-marketo completion fish > ~/.config/fish/completions/segment-marketo.fish

# The words so far, without the program's name and without flags.
function __segment_marketo_words
    set -l given (commandline -opc)
    string match -v -- '-*' $given[2..-1]
end

# Whether these words are all that there are.
function __segment_marketo_is
    set -l given (__segment_marketo_words)
    test "$given" = "$argv"
end

# Whether the words begin with these.
function __segment_marketo_at
    set -l given (__segment_marketo_words)
    set -l n (count $argv)
    test (count $given) -ge $n; and test "$given[1..$n]" = "$argv"
end

complete -c segment-marketo -f
${everyCommand(outline).flatMap(linesOf).join('\n')}
`
