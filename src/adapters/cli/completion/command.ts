/**
 * The words behind `completion`.
 *
 * @module
 */
import { Argument, Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import type { Keep } from '../option-values.js'
import { type Shell, shells } from '../request.js'

/** The command `completion`. */
export const completionCommand = (keep: Keep): Command =>
  new Command('completion')
    .summary(helpTexts.completion.summary)
    .description(helpTexts.completion.description)
    .addArgument(new Argument('<shell>', helpTexts.shell).choices(shells))
    .addHelpText('after', helpTexts.completion.after)
    .action((shell: Shell) => keep({ _tag: 'Completion', shell }))
