/**
 * Completion for zsh: a function for each command, with its flags as `_arguments` wants them.
 *
 *     '*'{-s,--settings}'[settings of the contract]:file:_files'
 *
 * The script may stand in a folder of `fpath` under the name `_segment-marketo`, or be read by `source`.
 *
 * Source: zsh manual, Completion System, `_arguments` and `_describe`.
 *
 * @module
 */
import { type CommandOutline, everyCommand, type FlagOutline, type Value } from './outline.js'

const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`

/** A text between brackets of a specification. */
const bracketed = (text: string): string => text.replace(/[\\[\]]/g, '\\$&')

/** A text before a colon of a specification. */
const beforeColon = (text: string): string => text.replace(/[\\:]/g, '\\$&')

const functionOf = ({ path }: CommandOutline): string => ['_segment_marketo', ...path].join('_').replace(/-/g, '_')

const actionOf = (value: Value): string => {
  switch (value._tag) {
    case 'Words':
      return `(${value.words.join(' ')})`
    case 'File':
      return '_files'
    case 'Folder':
      return '_files -/'
    case 'Free':
      return ' '
  }
}

const flagSpec = ({ names, says, value, placeholder, again }: FlagOutline): string => {
  const tail = `[${bracketed(says)}]${value === null ? '' : `:${beforeColon(placeholder)}:${actionOf(value)}`}`
  const [only = '', second] = names
  const head = again ? "'*'" : second === undefined ? '' : quoted(`(${names.join(' ')})`)
  return second === undefined ? `${head}${quoted(`${only}${tail}`)}` : `${head}{${names.join(',')}}${quoted(tail)}`
}

const operandSpec = (value: Value, i: number): string =>
  quoted(`${i + 1}:${value._tag === 'Words' ? 'word' : 'file'}:${actionOf(value)}`)

const leaf = (outline: CommandOutline): string => `${functionOf(outline)}() {
  _arguments -s \\
    ${[...outline.flags.map(flagSpec), ...outline.operands.map(operandSpec)].join(' \\\n    ')}
}
`

const group = (outline: CommandOutline): string => {
  const entries = outline.below.map(({ path, says }) => quoted(`${beforeColon(path.at(-1) ?? '')}:${says}`))
  const cases = outline.below.map((below) => `      ${below.path.at(-1)}) ${functionOf(below)} ;;`)
  return `${functionOf(outline)}() {
  local curcontext="$curcontext" state line
  local -a commands
  typeset -A opt_args
  commands=(
    ${entries.join('\n    ')}
  )
  _arguments -C \\
    ${outline.flags.map(flagSpec).join(' \\\n    ')} \\
    '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}
`
}

/** The script. */
export const zshScript = (outline: CommandOutline): string => {
  const functions = everyCommand(outline).map((one) => (one.below.length > 0 ? group(one) : leaf(one)))
  return `#compdef segment-marketo
# Completion of segment-marketo for zsh. To have it in every shell, put it into a folder of your fpath:
#   segment-marketo completion zsh > "\${fpath[1]}/_segment-marketo"

${functions.join('\n')}
if [ "$funcstack[1]" = '_segment-marketo' ]; then
  _segment_marketo "$@"
else
  compdef _segment_marketo segment-marketo
fi
`
}
