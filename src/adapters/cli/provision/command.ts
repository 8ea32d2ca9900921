/**
 * The words behind `provision`.
 *
 * @module
 */
import { Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import { given, goal, type Keep, once } from '../option-values.js'

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

/** The command `provision`. */
export const provisionCommand = (keep: Keep): Command =>
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
