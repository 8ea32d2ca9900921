/**
 * The words behind `source`.
 *
 * @module
 */
import { Command, InvalidArgumentError, Option } from 'commander'
import { parseInstant } from '../../../ground/calendar.js'
import { dialects } from '../../../source/dialects.js'
import { goal, type Keep, once, wholeNumber } from '../option-values.js'
import { type RowForm, rowForms, type SchemaForm, schemaForms } from '../request.js'
import { sourceHelp } from './help.js'

const day = /^\d{4}-\d{2}-\d{2}$/

const instant = (value: string): number => {
  const at = parseInstant(day.test(value) ? `${value}T00:00:00Z` : value)
  if (at !== undefined) return at
  throw new InvalidArgumentError('Say a day such as 2024-01-01, or a moment such as 2024-01-01T09:00:00Z.')
}

const count = /^([a-z_]\w*)=(\d{1,9})$/i

/** `lists=120,email=300` as numbers by name. */
const counts = (value: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    value.split(',').map((part): [string, number] => {
      const [, name, number] = count.exec(part.trim()) ?? []
      if (name === undefined) throw new InvalidArgumentError('Say names and numbers: lists=120,email=300.')
      return [name, Number(number)]
    })
  )

interface SyncOptions {
  readonly to?: string
  readonly collections?: string
  readonly out?: string
  readonly format: RowForm
  readonly since?: number
  readonly state?: string
  readonly credentials?: string
  readonly patience?: number
  readonly quiet?: boolean
  readonly exitZero?: boolean
}

const syncCommand = (keep: Keep): Command =>
  new Command('sync')
    .summary(sourceHelp.sync.summary)
    .description(sourceHelp.sync.description)
    .argument('[settings]', sourceHelp.settings)
    .option('--to <goal>', sourceHelp.to, goal)
    .option('--out <folder>', sourceHelp.out, once)
    .option('--collections <names>', sourceHelp.collections, once)
    .addOption(new Option('--format <format>', sourceHelp.format).choices(rowForms).default('ndjson'))
    .option('--since <day>', sourceHelp.since, instant)
    .option('--state <file>', sourceHelp.state, once)
    .option('--credentials <file>', sourceHelp.credentials, once)
    .option('--patience <seconds>', sourceHelp.patience, wholeNumber)
    .option('-q, --quiet', sourceHelp.quiet)
    .option('--exit-zero', sourceHelp.exitZero)
    .addHelpText('after', sourceHelp.sync.after)
    .action((settings: string | undefined, options: SyncOptions, command: Command) => {
      const to = options.to ?? command.error("error: say with '--to simulator' or '--to <munchkin id>' what to read")
      const out = options.out ?? command.error("error: say with '--out <folder>' where the files go")
      const { collections = null, format, since = null, state = null, credentials = null, patience = null } = options
      const { quiet = false, exitZero = false } = options
      if (to === 'simulator' && credentials !== null)
        command.error('error: the simulator asks for no credentials: --credentials is for --to <munchkin id>')
      const how = { since, state, credentials, patience, quiet, exitZero }
      keep({ _tag: 'SourceSync', settings: settings ?? null, to, collections, out, form: format, ...how })
    })

interface SchemaOptions {
  readonly collection?: string
  readonly as: SchemaForm
  readonly dialect: string
}

const schemaCommand = (keep: Keep): Command =>
  new Command('schema')
    .summary(sourceHelp.schema.summary)
    .description(sourceHelp.schema.description)
    .argument('[settings]', sourceHelp.settings)
    .option('--collection <name>', sourceHelp.collection, once)
    .addOption(new Option('--as <form>', sourceHelp.schemaForm).choices(schemaForms).default('sql'))
    .addOption(new Option('--dialect <dialect>', sourceHelp.dialect).choices(Object.keys(dialects)).default('standard'))
    .addHelpText('after', sourceHelp.schema.after)
    .action((settings: string | undefined, { collection, as: form, dialect }: SchemaOptions) =>
      keep({ _tag: 'SourceSchema', settings: settings ?? null, collection: collection ?? null, form, dialect })
    )

interface EstimateOptions {
  readonly leads?: number
  readonly leadsPerDay?: number
  readonly activities?: number
  readonly activitiesPerDay?: number
  readonly days?: number
  readonly records?: Readonly<Record<string, number>>
}

const estimateCommand = (keep: Keep): Command =>
  new Command('estimate')
    .summary(sourceHelp.estimate.summary)
    .description(sourceHelp.estimate.description)
    .argument('<settings>', sourceHelp.settings)
    .option('--leads <number>', sourceHelp.leads, wholeNumber)
    .option('--leads-per-day <number>', sourceHelp.leadsPerDay, wholeNumber)
    .option('--activities <number>', sourceHelp.activities, wholeNumber)
    .option('--activities-per-day <number>', sourceHelp.activitiesPerDay, wholeNumber)
    .option('--days <number>', sourceHelp.days, wholeNumber)
    .option('--records <counts>', sourceHelp.records, counts)
    .addHelpText('after', sourceHelp.estimate.after)
    .action((settings: string, volume: EstimateOptions) => keep({ _tag: 'SourceEstimate', settings, volume }))

/** `source`, and what stands below it. */
export const sourceCommand = (keep: Keep): Command => {
  const command = new Command('source')
    .summary(sourceHelp.summary)
    .description(sourceHelp.description)
    .addHelpText('after', sourceHelp.after)
  for (const below of [syncCommand, schemaCommand, estimateCommand]) command.addCommand(below(keep))
  return command
}
