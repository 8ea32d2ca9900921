/**
 * The words behind `map`.
 *
 * @module
 */
import { Command, Option } from 'commander'
import { helpTexts } from '../help-texts.js'
import { contractOption, given, type Keep, sideOption } from '../option-values.js'
import { type ContractName, type Form, forms, type Side } from '../request.js'

const collect = (value: string, before: ReadonlyArray<string> | undefined): ReadonlyArray<string> => [
  ...(before ?? []),
  value
]

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

/** The command `map`. */
export const mapCommand = (keep: Keep): Command =>
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
