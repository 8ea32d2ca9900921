/**
 * The words of a command line as a request, or as what to say instead: help, the version, what is wrong with them.
 *
 * Nothing is read, opened or printed here.
 *
 * @module
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Fault } from '../../simulator/options.js'
import { readFaults } from './deliver/fault-spec.js'
import { drawExitCodes } from './exit-codes.js'
import { helpTexts } from './help-texts.js'
import { wantsJson } from './json-lines.js'
import { goal, type Keep, once, wholeNumber } from './option-values.js'
import {
  type ContractName,
  contracts,
  type EventForm,
  eventForms,
  type Form,
  forms,
  type ReportForm,
  type Request,
  reports,
  type Shell,
  type Side,
  shells,
  sides
} from './request.js'
import { sourceCommand } from './source/command.js'

const collect = (value: string, before: ReadonlyArray<string> | undefined): ReadonlyArray<string> => [
  ...(before ?? []),
  value
]

const lineNumber = (value: string): number => {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('Lines are counted from 1.')
}

const faultsIn = (value: string): ReadonlyArray<Fault> => {
  const read = readFaults(value)
  if (read._tag === 'Left') throw new InvalidArgumentError(read.left)
  return read.right
}

const sideOption = (): Option =>
  new Option('--side <side>', 'whose side of the contract maps').choices(sides).default('server')

const contractOption = (): Option =>
  new Option('--contract <contract>', helpTexts.contract).choices(contracts).default('v2')

const onlyV2 = (value: string): string => {
  if (value === 'v2') return value
  throw new InvalidArgumentError('Explanations exist for v2; what v1 makes of events is shown by map --contract v1.')
}

/** Settings are asked for here and not by commander, which would rather miss them than name a misspelled flag. */
const given = <A>(command: Command, settings: A | undefined): A =>
  settings ?? command.error("error: say with '--settings <file>' which settings to map by")

interface MapOptions {
  readonly settings?: ReadonlyArray<string>
  readonly recipes?: ReadonlyArray<string>
  readonly as: Form
  readonly side: Side
  readonly problems?: string
  readonly exitZero?: boolean
  readonly contract: ContractName
  readonly replaceRetired?: boolean
}

const mapCommand = (keep: Keep): Command =>
  new Command('map')
    .summary(helpTexts.map.summary)
    .description(helpTexts.map.description)
    .argument('[file]', helpTexts.file, '-')
    .option('-s, --settings <file>', helpTexts.settings, collect)
    .option('-r, --recipes <file>', helpTexts.recipesOption, collect)
    .addOption(new Option('--as <form>', 'what to write').choices(forms).default('intents'))
    .addOption(contractOption())
    .addOption(sideOption())
    .option('--replace-retired', helpTexts.replaceRetired)
    .option('--problems <file>', helpTexts.problems)
    .option('--exit-zero', helpTexts.exitZero)
    .addHelpText('after', helpTexts.map.after)
    .action((input: string, options: MapOptions, command: Command) => {
      const { recipes = [] } = options
      const settings = recipes.length > 0 ? (options.settings ?? []) : given(command, options.settings)
      const { as: form, side, problems = null, exitZero = false, contract, replaceRetired = false } = options
      if (form === 'curl' && side === 'browser')
        command.error('error: a browser makes its calls itself: --as curl is for --side server')
      if (side === 'browser' && recipes.length > 0)
        command.error('error: rules run on a server: --recipes is for --side server')
      if (replaceRetired && contract !== 'v1')
        command.error('error: no route of v2 is switched off: --replace-retired is for --contract v1')
      keep({ _tag: 'Map', contract, input, settings, recipes, form, side, problems, exitZero, replaceRetired })
    })

interface DeliverOptions {
  readonly settings?: string
  readonly recipes?: string
  readonly contract: ContractName
  readonly to?: string
  readonly credentials?: string
  readonly deadLetter?: string
  readonly outcomes?: string
  readonly patience?: number
  readonly faults?: ReadonlyArray<Fault>
  readonly seed?: number
  readonly quiet?: boolean
  readonly exitZero?: boolean
}

const deliverCommand = (keep: Keep): Command =>
  new Command('deliver')
    .summary(helpTexts.deliver.summary)
    .description(helpTexts.deliver.description)
    .argument('[file]', helpTexts.deliverable, '-')
    .option('-s, --settings <file>', helpTexts.setting, once)
    .option('-r, --recipes <file>', helpTexts.deliverRecipes, once)
    .option('--to <goal>', helpTexts.to, goal)
    .addOption(contractOption())
    .option('--credentials <file>', helpTexts.credentials, once)
    .option('--dead-letter <file>', helpTexts.deadLetter, once)
    .option('--outcomes <file>', helpTexts.outcomes, once)
    .option('--patience <seconds>', helpTexts.patience, wholeNumber)
    .option('--faults <faults>', helpTexts.faults, faultsIn)
    .option('--seed <number>', helpTexts.seed, wholeNumber)
    .option('-q, --quiet', helpTexts.quiet)
    .option('--exit-zero', helpTexts.deliverExitZero)
    .addHelpText('after', helpTexts.deliver.after)
    .action((input: string, options: DeliverOptions, command: Command) => {
      if (options.settings !== undefined && options.recipes !== undefined)
        command.error('error: deliver maps by settings or by rules: give --settings or --recipes')
      const settings = given(command, options.settings ?? options.recipes)
      const byRules = options.recipes !== undefined
      const to =
        options.to ?? command.error("error: say with '--to simulator' or '--to <munchkin id>' where to deliver")
      const { contract, credentials = null, deadLetter = null, outcomes = null, patience = null } = options
      const { faults = [], seed = 1, quiet = false, exitZero = false } = options
      if (to !== 'simulator' && (options.faults !== undefined || options.seed !== undefined))
        command.error('error: --faults and --seed are for --to simulator')
      if (to === 'simulator' && credentials !== null)
        command.error('error: the simulator asks for no credentials: --credentials is for --to <munchkin id>')
      const paths = { input, settings, credentials, deadLetter, outcomes }
      keep({ _tag: 'Deliver', contract, byRules, to, ...paths, patience, faults, seed, quiet, exitZero })
    })

interface ExplainOptions {
  readonly settings?: string
  readonly line?: number
  readonly side: Side
  readonly json?: boolean
}

const explainCommand = (keep: Keep): Command =>
  new Command('explain')
    .summary(helpTexts.explain.summary)
    .description(helpTexts.explain.description)
    .argument('[file]', helpTexts.file, '-')
    .option('-s, --settings <file>', helpTexts.setting, once)
    .option('-n, --line <number>', 'explain the event on this line (of a list: this item)', lineNumber)
    .addOption(new Option('--contract <contract>', helpTexts.explained).argParser(onlyV2).default('v2'))
    .addOption(sideOption())
    .option('--json', 'write the explanation as JSON')
    .addHelpText('after', helpTexts.explain.after)
    .action((input: string, options: ExplainOptions, command: Command) => {
      const settings = given(command, options.settings)
      const { line: number = null, side, json = false } = options
      keep({ _tag: 'Explain', input, settings, number, side, json })
    })

interface CheckOptions {
  readonly contract: ContractName
  readonly settings?: string
  readonly v1?: string
  readonly events?: string
  readonly against?: string
  readonly instance?: string
  readonly credentials?: string
  readonly save?: string
  readonly recipes?: string
}

/** What is wrong with flags that ask an instance, or undefined. */
const unfitAsking = (options: CheckOptions): string | undefined => {
  const { contract, settings, recipes, events, against, instance, credentials, save } = options
  if (instance === undefined && credentials !== undefined) return '--credentials is for --instance <munchkin id>'
  if (instance === undefined && save !== undefined) return '--save writes what was read: it is for --instance'
  if (instance === undefined) return undefined
  if (save !== undefined && [settings, recipes, events].includes(save))
    return '--save would write over what is read: name another file'
  if (contract !== 'v2') return 'fields of an instance are for settings of v2: --instance is for --contract v2'
  if (against !== undefined) return 'give --against or --instance: a file that tells of an instance, or the instance'
  return instance === 'simulator' && credentials !== undefined
    ? 'the simulator asks for no credentials: --credentials is for --instance <munchkin id>'
    : undefined
}

const checkCommand = (keep: Keep): Command =>
  new Command('check')
    .summary(helpTexts.check.summary)
    .description(helpTexts.check.description)
    .option('-s, --settings <file>', helpTexts.setting, once)
    .addOption(contractOption())
    .option('--v1 <file>', helpTexts.v1, once)
    .option('--events <file>', helpTexts.events, once)
    .option('--against <file>', helpTexts.against, once)
    .option('--instance <id>', helpTexts.instance, goal)
    .option('--credentials <file>', helpTexts.credentials, once)
    .option('--save <file>', helpTexts.saveInstance, once)
    .option('-r, --recipes <file>', helpTexts.checkRecipes, once)
    .addHelpText('after', helpTexts.check.after)
    .action((options: CheckOptions, command: Command) => {
      const settings = given(command, options.settings)
      const { contract, v1 = null, events = null, against = null, recipes = null } = options
      const { instance = null, credentials = null, save = null } = options
      const unfit = unfitAsking(options)
      if (unfit !== undefined) command.error(`error: ${unfit}`)
      if (against !== null && contract !== 'v2')
        command.error('error: fields of an instance are for settings of v2: --against is for --contract v2')
      if (recipes !== null && against === null && instance === null)
        command.error('error: --recipes is for --against and --instance; recipes check reads rules by themselves')
      if (v1 !== null && contract !== 'v2')
        command.error('error: --v1 holds settings of v1 beside those of v2: it is for --contract v2')
      keep({ _tag: 'Check', contract, settings, v1, events, against, instance, credentials, save, recipes })
    })

interface ProvisionOptions {
  readonly settings?: string
  readonly against?: string
  readonly to?: string
  readonly apply?: boolean
  readonly credentials?: string
  readonly save?: string
}

/** What is wrong with flags of `provision`, or undefined. */
const unfitProvision = ({ against, to, apply, credentials, save }: ProvisionOptions): string | undefined => {
  if (against === undefined && to === undefined)
    return "say with '--against <file>' what the instance has, or with '--to <munchkin id>' which one to ask"
  if (against !== undefined && to !== undefined)
    return 'give --against or --to: a file that tells of an instance, or the instance'
  if (apply === true && to === undefined) return '--apply makes what is missing: it is for --to'
  if (save !== undefined && apply !== true) return '--save keeps the numbers of new types: it is for --apply'
  if (credentials !== undefined && (to === undefined || to === 'simulator'))
    return '--credentials is for --to <munchkin id>'
  return undefined
}

const provisionCommand = (keep: Keep): Command =>
  new Command('provision')
    .summary(helpTexts.provision.summary)
    .description(helpTexts.provision.description)
    .option('-s, --settings <file>', helpTexts.setting, once)
    .option('--against <file>', helpTexts.provisionAgainst, once)
    .option('--to <goal>', helpTexts.provisionTo, goal)
    .option('--apply', helpTexts.apply)
    .option('--credentials <file>', helpTexts.credentials, once)
    .option('--save <file>', helpTexts.saveNumbers, once)
    .addHelpText('after', helpTexts.provision.after)
    .action((options: ProvisionOptions, command: Command) => {
      const settings = given(command, options.settings)
      const unfit = unfitProvision(options)
      if (unfit !== undefined) command.error(`error: ${unfit}`)
      const { against = null, to = null, apply = false, credentials = null, save = null } = options
      keep({ _tag: 'Provision', settings, against, to, apply, credentials, save })
    })

interface SuggestOptions {
  readonly munchkinId?: string
  readonly against?: string
  readonly instance?: string
  readonly credentials?: string
}

/** What is wrong with flags of `suggest`, or undefined. */
const unfitSuggest = ({ munchkinId, against, instance, credentials }: SuggestOptions): string | undefined => {
  if (against === undefined && instance === undefined)
    return "say with '--against <file>' what the instance has, or with '--instance <munchkin id>' which one to ask"
  if (against !== undefined && instance !== undefined)
    return 'give --against or --instance: a file that tells of an instance, or the instance'
  if (credentials !== undefined && (instance === undefined || instance === 'simulator'))
    return '--credentials is for --instance <munchkin id>'
  return munchkinId === undefined && (instance === undefined || instance === 'simulator')
    ? "say with '--munchkin-id <id>' which Marketo the settings are for"
    : undefined
}

const suggestCommand = (keep: Keep): Command =>
  new Command('suggest')
    .summary(helpTexts.suggest.summary)
    .description(helpTexts.suggest.description)
    .argument('[file]', helpTexts.file, '-')
    .option('--against <file>', helpTexts.provisionAgainst, once)
    .option('--instance <id>', helpTexts.suggestInstance, goal)
    .option('--munchkin-id <id>', helpTexts.munchkinId, goal)
    .option('--credentials <file>', helpTexts.credentials, once)
    .addHelpText('after', helpTexts.suggest.after)
    .action((input: string, options: SuggestOptions, command: Command) => {
      const unfit = unfitSuggest(options)
      if (unfit !== undefined) command.error(`error: ${unfit}`)
      const { against = null, instance = null, credentials = null } = options
      const munchkinId = options.munchkinId ?? instance ?? ''
      keep({ _tag: 'Suggest', input, munchkinId, against, instance, credentials })
    })

interface DiffOptions {
  readonly events?: string
  readonly json?: boolean
}

const diffCommand = (keep: Keep): Command =>
  new Command('diff')
    .summary(helpTexts.diff.summary)
    .description(helpTexts.diff.description)
    .argument('<before>', helpTexts.before)
    .argument('<after>', helpTexts.after)
    .option('--events <file>', helpTexts.diffEvents, once)
    .option('--json', 'write the comparison as JSON')
    .addHelpText('after', helpTexts.diff.after)
    .action((before: string, after: string, { events = '-', json = false }: DiffOptions) =>
      keep({ _tag: 'Diff', before, after, events, json })
    )

interface MigrateOptions {
  readonly settings?: string
  readonly ids?: string
  readonly as: ReportForm
  readonly csv?: string
}

const migrateCommand = (keep: Keep): Command =>
  new Command('migrate')
    .summary(helpTexts.migrate.summary)
    .description(helpTexts.migrate.description)
    .argument('[file]', helpTexts.file, '-')
    .option('-s, --settings <file>', helpTexts.v1Settings, once)
    .option('--ids <file>', helpTexts.ids, once)
    .addOption(new Option('--as <form>', 'what to write').choices(reports).default('markdown'))
    .option('--csv <file>', helpTexts.csv, once)
    .addHelpText('after', helpTexts.migrate.after)
    .action((input: string, options: MigrateOptions, command: Command) => {
      const settings = given(command, options.settings)
      const { ids = null, as: form, csv = null } = options
      keep({ _tag: 'Migrate', input, settings, ids, form, csv })
    })

interface RecipesCheckOptions {
  readonly events?: string
}

const recipesCommand = (keep: Keep): Command => {
  const command = new Command('recipes')
    .summary(helpTexts.recipes.summary)
    .description(helpTexts.recipes.description)
    .addHelpText('after', helpTexts.recipes.after)
  command
    .command('check')
    .summary(helpTexts.recipes.check)
    .description(helpTexts.recipes.check)
    .argument('<file>', helpTexts.rules)
    .option('--events <file>', helpTexts.recipes.events, once)
    .action((file: string, { events }: RecipesCheckOptions) =>
      keep({ _tag: 'Recipes', does: 'check', file, events: events ?? null })
    )
  command
    .command('schema')
    .summary(helpTexts.recipes.schema)
    .description(helpTexts.recipes.schema)
    .action(() => keep({ _tag: 'Recipes', does: 'schema', file: '', events: null }))
  return command
}

interface WritebackOptions {
  readonly settings?: string
  readonly context?: string
  readonly csv?: boolean
  readonly as: EventForm
  readonly region: 'us' | 'eu'
  readonly exitZero?: boolean
}

const writebackCommand = (keep: Keep): Command =>
  new Command('writeback')
    .summary(helpTexts.writeback.summary)
    .description(helpTexts.writeback.description)
    .argument('[file]', helpTexts.activities, '-')
    .option('-s, --settings <file>', helpTexts.writebackSettings, once)
    .option('--context <file>', helpTexts.context, once)
    .option('--csv', helpTexts.isCsv)
    .addOption(new Option('--as <form>', 'what to write').choices(eventForms).default('events'))
    .addOption(new Option('--region <region>', helpTexts.region).choices(['us', 'eu']).default('us'))
    .option('--exit-zero', helpTexts.writebackExitZero)
    .addHelpText('after', helpTexts.writeback.after)
    .action((input: string, options: WritebackOptions, command: Command) => {
      const settings = given(command, options.settings)
      const { context = null, csv = false, as: form, region, exitZero = false } = options
      keep({ _tag: 'Writeback', input, settings, context, csv, form, region, exitZero })
    })

const completionCommand = (keep: Keep): Command =>
  new Command('completion')
    .summary(helpTexts.completion.summary)
    .description(helpTexts.completion.description)
    .addArgument(new Argument('<shell>', helpTexts.shell).choices(shells))
    .addHelpText('after', helpTexts.completion.after)
    .action((shell: Shell) => keep({ _tag: 'Completion', shell }))

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
