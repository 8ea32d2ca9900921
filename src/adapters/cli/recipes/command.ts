/**
 * The words behind `recipes`.
 *
 * @module
 */
import { Command } from 'commander'
import { helpTexts } from '../help-texts.js'
import { type Keep, once } from '../option-values.js'

interface RecipesCheckOptions {
  readonly events?: string
}

/** The command `recipes`. */
export const recipesCommand = (keep: Keep): Command => {
  const command = new Command('recipes')
    .summary(helpTexts.recipes.summary)
    .description(helpTexts.recipes.description)
    .addHelpText('after', helpTexts.recipes.after)
  command
    .command('check')
    .summary(helpTexts.recipes.check)
    .description(helpTexts.recipes.check)
    .argument('<file>', helpTexts.rules)
    .option('--events <file>', helpTexts.recipes.events, once)
    .action((file: string, { events }: RecipesCheckOptions) =>
      keep({ _tag: 'Recipes', does: 'check', file, events: events ?? null })
    )
  command
    .command('schema')
    .summary(helpTexts.recipes.schema)
    .description(helpTexts.recipes.schema)
    .action(() => keep({ _tag: 'Recipes', does: 'schema', file: '', events: null }))
  return command
}
