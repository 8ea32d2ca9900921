/**
 * The words of a command line as a request, or as what to say instead: help, the version, what is wrong with them.
 *
 * Nothing is read, opened or printed here.
 *
 * @module
 */
import { Command, CommanderError } from 'commander'
import { checkCommand } from './check/command.js'
import { completionCommand } from './completion/command.js'
import { deliverCommand } from './deliver/command.js'
import { diffCommand } from './diff/command.js'
import { drawExitCodes } from './exit-codes.js'
import { explainCommand } from './explain/command.js'
import { helpTexts } from './help-texts.js'
import { wantsJson } from './json-lines.js'
import { mapCommand } from './map/command.js'
import { migrateCommand } from './migrate/command.js'
import type { Keep } from './option-values.js'
import { provisionCommand } from './provision/command.js'
import { recipesCommand } from './recipes/command.js'
import type { Request } from './request.js'
import { sourceCommand } from './source/command.js'
import { suggestCommand } from './suggest/command.js'
import { writebackCommand } from './writeback/command.js'

/** What every command shares: all that it says goes to `write`, and it throws instead of ending the process. */
const quiet = (command: Command, name: string, write: (text: string) => void, columns: number): Command =>
  command
    .exitOverride()
    .helpCommand(false)
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError(`next: segment-marketo ${name === '' ? '' : `${name} `}--help`)
    .configureOutput({
      writeOut: write,
      writeErr: write,
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns
    })

/** Flags whose words are forms of the answer, of which `--json` needs one that is JSON. */
const formFlag = 'as'

const jsonForms: ReadonlyArray<string> = ['intents', 'requests', 'json', 'json-schema', 'events', 'batches']

/** `--json` takes the form that is JSON where nobody says which; a form that is none is refused. */
const settleForm = (command: Command): void => {
  const option = command.options.find(({ long }) => long === `--${formFlag}`)
  if (option === undefined || command.opts().json !== true) return
  const fitting = option.argChoices?.filter((form) => jsonForms.includes(form)) ?? []
  if (fitting.includes(String(command.getOptionValue(formFlag)))) return
  if (command.getOptionValueSource(formFlag) === 'default') command.setOptionValue(formFlag, fitting[0])
  else command.error(`error: --json writes JSON: say --as ${fitting.join(' or --as ')}, or leave --as out`)
}

/** What every command that does something has: `--json`, and how it ends. */
const completed = (command: Command, name: string): Command => {
  if (command.commands.length > 0) return command
  if (!command.options.some(({ long }) => long === '--json')) command.option('--json', helpTexts.json)
  return command.hook('preAction', () => settleForm(command)).addHelpText('after', drawExitCodes(name))
}

const makers = [
  mapCommand,
  deliverCommand,
  explainCommand,
  checkCommand,
  provisionCommand,
  suggestCommand,
  diffCommand,
  migrateCommand,
  recipesCommand,
  writebackCommand,
  sourceCommand,
  completionCommand
] as const

const programFor = (keep: Keep, write: (text: string) => void, version: string, columns: number): Command => {
  const all = quiet(new Command('segment-marketo'), '', write, columns)
    .description(helpTexts.program.description)
    .version(version, '-V, --version', 'show the version')
    .addHelpText('after', `${helpTexts.program.after}\n${drawExitCodes('')}`)
  for (const make of makers) {
    const command = make(keep)
    for (const below of command.commands) {
      const name = `${command.name()} ${below.name()}`
      completed(quiet(below, name, write, columns), name)
    }
    all.addCommand(completed(quiet(command, command.name(), write, columns), command.name()))
  }
  return all
}

/** The program with all of its commands, to be looked at. */
export const program = (): Command =>
  programFor(
    () => undefined,
    () => undefined,
    '',
    100
  )

/** What the words behind the program's name ask for, and whether the answer is to be JSON and nothing else. */
export interface CommandLine {
  readonly request: Request
  readonly json: boolean
}

/** The words behind the program's name, read. `columns` is how wide help may be. */
export const readCommandLine = (words: ReadonlyArray<string>, version: string, columns = 100): CommandLine => {
  let said = ''
  let request: Request | undefined
  const write = (text: string): void => {
    said += text
  }
  const keep = (asked: Request): void => {
    request = asked
  }
  const json = wantsJson(words)
  try {
    programFor(keep, write, version, columns).parse(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { request: error.exitCode === 0 ? { _tag: 'Told', text: said } : { _tag: 'Misused', text: said }, json }
  }
  return { request: request ?? { _tag: 'Misused', text: said }, json }
}

/** What the words behind the program's name ask for. */
export const readArguments = (words: ReadonlyArray<string>, version: string, columns = 100): Request =>
  readCommandLine(words, version, columns).request
