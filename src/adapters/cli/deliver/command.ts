/**
 * The words behind `deliver`.
 *
 * @module
 */
import { Command, InvalidArgumentError } from 'commander'
import type { Fault } from '../../../simulator/options.js'
import { helpTexts } from '../help-texts.js'
import { contractOption, given, goal, type Keep, once, wholeNumber } from '../option-values.js'
import type { ContractName } from '../request.js'
import { readFaults } from './fault-spec.js'

const faultsIn = (value: string): ReadonlyArray<Fault> => {
  const read = readFaults(value)
  if (read._tag === 'Left') throw new InvalidArgumentError(read.left)
  return read.right
}

interface DeliverOptions {
  readonly settings?: string
  readonly recipes?: string
  readonly contract: ContractName
  readonly to?: string
  readonly options?: string
  readonly credentials?: string
  readonly deadLetter?: string
  readonly outcomes?: string
  readonly patience?: number
  readonly faults?: ReadonlyArray<Fault>
  readonly seed?: number
  readonly quiet?: boolean
  readonly exitZero?: boolean
}

/** The command `deliver`. */
export const deliverCommand = (keep: Keep): Command =>
  new Command('deliver')
    .summary(helpTexts.deliver.summary)
    .description(helpTexts.deliver.description)
    .argument('[file]', helpTexts.deliverable, '-')
    .option('-s, --settings <file>', helpTexts.setting, once)
    .option('-r, --recipes <file>', helpTexts.deliverRecipes, once)
    .option('--to <goal>', helpTexts.to, goal)
    .addOption(contractOption())
    .option('--options <file>', helpTexts.deliveryOptions, once)
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
      const paths = { input, settings, options: options.options ?? null, credentials, deadLetter, outcomes }
      keep({ _tag: 'Deliver', contract, byRules, to, ...paths, patience, faults, seed, quiet, exitZero })
    })
