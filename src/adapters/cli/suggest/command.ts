/**
 * The words behind `suggest`.
 *
 * @module
 */
import { Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import { goal, type Keep, once } from '../option-values.js'

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

/** The command `suggest`. */
export const suggestCommand = (keep: Keep): Command =>
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
