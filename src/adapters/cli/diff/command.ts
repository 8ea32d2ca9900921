/**
 * The words behind `diff`.
 *
 * @module
 */
import { Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import { type Keep, once } from '../option-values.js'

interface DiffOptions {
  readonly events?: string
  readonly json?: boolean
}

/** The command `diff`. */
export const diffCommand = (keep: Keep): Command =>
  new Command('diff')
    .summary(helpTexts.diff.summary)
    .description(helpTexts.diff.description)
    .argument('<before>', helpTexts.before)
    .argument('<after>', helpTexts.after)
    .option('--events <file>', helpTexts.diffEvents, once)
    .option('--json', 'write the comparison as JSON')
    .addHelpText('after', helpTexts.diff.after)
    .action((before: string, after: string, { events = '-', json = false }: DiffOptions) =>
      keep({ _tag: 'Diff', before, after, events, json })
    )
