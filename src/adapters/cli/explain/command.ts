/**
 * The words behind `explain`.
 *
 * @module
 */
import { Command, InvalidArgumentError, Option } from 'commander'
import { helpTexts } from '../help-texts.js'
import { given, type Keep, once, sideOption } from '../option-values.js'
import type { Side } from '../request.js'

const lineNumber = (value: string): number => {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('Lines are counted from 1.')
}

const onlyV2 = (value: string): string => {
  if (value === 'v2') return value
  throw new InvalidArgumentError('Explanations exist for v2; what v1 makes of events is shown by map --contract v1.')
}

interface ExplainOptions {
  readonly settings?: string
  readonly line?: number
  readonly side: Side
  readonly json?: boolean
}

/** The command `explain`. */
export const explainCommand = (keep: Keep): Command =>
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
