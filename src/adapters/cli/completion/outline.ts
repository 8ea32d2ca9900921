/**
 * The program's commands as data: what a shell has to know to complete them. Drawn from the program itself, so that no second list of flags
 * can fall behind.
 *
 *     map [file]                      flags: --settings <file> (a file), --as <form> (one of four words), --exit-zero (nothing behind it)
 *     source ── sync [settings]
 *
 * @module
 */
import type { Argument, Command, Option } from 'commander'

/** What may stand behind a flag, or as an argument: one of some words, a file, a folder, or what nobody can guess. */
export type Value =
  | { readonly _tag: 'Words'; readonly words: ReadonlyArray<string> }
  | { readonly _tag: 'File' }
  | { readonly _tag: 'Folder' }
  | { readonly _tag: 'Free' }

/** A flag. `value` is null where nothing stands behind it; `again` says that it may be given several times. */
export interface FlagOutline {
  readonly names: ReadonlyArray<string>
  readonly says: string
  readonly value: Value | null
  readonly placeholder: string
  readonly again: boolean
}

/** A command. `path` is its words behind the program's name, none for the program itself. */
export interface CommandOutline {
  readonly path: ReadonlyArray<string>
  readonly says: string
  readonly below: ReadonlyArray<CommandOutline>
  readonly flags: ReadonlyArray<FlagOutline>
  readonly operands: ReadonlyArray<Value>
}

/** Flags whose words are some of many: they are offered, and any other is taken. */
const someWords: ReadonlyMap<string, ReadonlyArray<string>> = new Map([
  ['--to', ['simulator']],
  ['--instance', ['simulator']]
])

const fileNames: ReadonlyArray<string> = ['file', 'settings', 'before', 'after', 'rules']

const valueFor = (name: string, words: ReadonlyArray<string> | undefined): Value => {
  if (words !== undefined) return { _tag: 'Words', words }
  if (name === 'folder') return { _tag: 'Folder' }
  return { _tag: fileNames.includes(name) ? 'File' : 'Free' }
}

const placeholderOf = ({ flags }: Option): string => /[<[]([^<>[\]]+)[>\]]/.exec(flags)?.[1] ?? ''

/** Flags whose value is gathered may be given again; those that take one refuse a second. */
const flagOf = (option: Option, again: boolean): FlagOutline => {
  const takes = option.required || option.optional
  const placeholder = placeholderOf(option)
  return {
    names: [option.short, option.long].flatMap((name) => name ?? []),
    says: option.description,
    value: takes ? valueFor(placeholder, option.argChoices ?? someWords.get(option.long ?? '')) : null,
    placeholder,
    again
  }
}

const operandOf = (argument: Argument): Value => valueFor(argument.name(), argument.argChoices)

const helpFlag: FlagOutline = {
  names: ['-h', '--help'],
  says: 'show this help',
  value: null,
  placeholder: '',
  again: false
}

/** A command and all below it. */
export const outlineOf = (command: Command, path: ReadonlyArray<string> = []): CommandOutline => ({
  path,
  says: command.summary() === '' ? command.description() : command.summary(),
  below: command.commands.map((below) => outlineOf(below, [...path, below.name()])),
  flags: [...command.options.map((option) => flagOf(option, /again/.test(option.description))), helpFlag],
  operands: command.registeredArguments.map(operandOf)
})

/** A command and all below it, one after another. */
export const everyCommand = (outline: CommandOutline): ReadonlyArray<CommandOutline> => [
  outline,
  ...outline.below.flatMap(everyCommand)
]
