/**
 * Completion for bash: one function, which walks the words to see which command they are about.
 *
 *     _segment_marketo      COMP_WORDS ──▶ COMPREPLY
 *
 * It needs bash 3.2 and no package beside it. `=` between a flag and its value is a word of its own to bash.
 *
 * Source: GNU Bash manual, Programmable Completion.
 *
 * @module
 */
import { type CommandOutline, everyCommand, type FlagOutline, type Value } from './outline.js'

/** Text in single quotes. */
const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`

const nameOf = ({ path }: CommandOutline): string => path.join(' ')

const words = (list: ReadonlyArray<string>): string => `__segment_marketo_words ${quoted(list.join(' '))}`

const offer = (value: Value): string => {
  switch (value._tag) {
    case 'Words':
      return words(value.words)
    case 'File':
      return '__segment_marketo_files -f'
    case 'Folder':
      return '__segment_marketo_files -d'
    case 'Free':
      return ':'
  }
}

const stepsOf = (outline: CommandOutline): ReadonlyArray<string> =>
  outline.below.map((below) => {
    const from = [nameOf(outline), below.path.at(-1) ?? ''].join('/')
    return `      ${quoted(from)}) command=${quoted(nameOf(below))} ;;`
  })

const valuesOf = (outline: CommandOutline): ReadonlyArray<string> =>
  outline.flags.flatMap(({ names, value }: FlagOutline) =>
    value === null
      ? []
      : [`    ${names.map((name) => quoted(`${nameOf(outline)} ${name}`)).join(' | ')}) ${offer(value)}; return ;;`]
  )

const restOf = (outline: CommandOutline): string => {
  const { flags, below, operands } = outline
  const names = flags.flatMap((flag) => flag.names).filter((name) => name.startsWith('--'))
  const [first] = operands
  const here = below.length > 0 ? words(below.map(({ path }) => path.at(-1) ?? '')) : offer(first ?? { _tag: 'Free' })
  return `    ${quoted(nameOf(outline))})\n      if [[ $cur == -* ]]; then ${words(names)}; else ${here}; fi ;;`
}

/** The script. */
export const bashScript = (outline: CommandOutline): string => {
  const all = everyCommand(outline)
  return `# Completion of segment-marketo for bash. To have it in every shell:
#   segment-marketo completion bash > ~/.local/share/bash-completion/completions/segment-marketo

__segment_marketo_words() {
  local IFS=$' \\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

__segment_marketo_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2> /dev/null
}

_segment_marketo() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' i
  if [[ $cur == = ]]; then cur=''
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command/\${COMP_WORDS[i]}" in
${all.flatMap(stepsOf).join('\n')}
    esac
  done
  case "$command $prev" in
${all.flatMap(valuesOf).join('\n')}
  esac
  case "$command" in
${all.map(restOf).join('\n')}
  esac
}

complete -F _segment_marketo segment-marketo
`
}
