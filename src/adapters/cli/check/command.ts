/**
 * The words behind `check`.
 *
 * @module
 */
import { Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import { contractOption, given, goal, type Keep, once } from '../option-values.js'
import type { ContractName } from '../request.js'

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

/** The command `check`. */
export const checkCommand = (keep: Keep): Command =>
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
