/**
 * The words behind `migrate`.
 *
 * @module
 */
import { Command, Option } from 'commander'
import { helpTexts } from '../help-texts.js'
import { given, type Keep, once } from '../option-values.js'
import { type ReportForm, reports } from '../request.js'

interface MigrateOptions {
  readonly settings?: string
  readonly ids?: string
  readonly as: ReportForm
  readonly csv?: string
}

/** The command `migrate`. */
export const migrateCommand = (keep: Keep): Command =>
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
