/**
 * The words behind `writeback`.
 *
 * @module
 */
import { Command, Option } from 'commander'
import { helpTexts } from '../help-texts.js'
import { given, type Keep, once } from '../option-values.js'
import { type EventForm, eventForms } from '../request.js'

interface WritebackOptions {
  readonly settings?: string
  readonly context?: string
  readonly csv?: boolean
  readonly as: EventForm
  readonly region: 'us' | 'eu'
  readonly exitZero?: boolean
}

/** The command `writeback`. */
export const writebackCommand = (keep: Keep): Command =>
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
