// @ts-check
/**
 * The API report: every name each entry point exports, with its signature as TypeScript declares it, in sorted order.
 * Committed, so that a change of the public surface shows in review as a change of a file.
 *
 *     node test/tools/api-report.mjs           fails when docs/api-report.md is out of date
 *     node test/tools/api-report.mjs --write   writes it anew
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { entries, root } from './project.mjs'

/** @typedef {import('./project.mjs').Entry} Entry */

const place = join(root, 'docs', 'api-report.md')

/** The sources, with the project's own settings. */
const readProgram = () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const files = entries.map(({ source }) => join(root, source))
  return ts.createProgram(files, { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true })
}

/**
 * A source file's declarations as the compiler would publish them: inferred types written out, comments gone.
 *
 * @param {ts.Program} program
 * @returns {(file: ts.SourceFile) => ts.SourceFile}
 */
const declarationsIn = (program) => {
  /** @type {Map<string, ts.SourceFile>} */
  const known = new Map()
  return (file) => {
    const before = known.get(file.fileName)
    if (before !== undefined) return before
    let text = ''
    program.emit(file, (_, emitted) => {
      text = emitted
    })
    const declared = ts.createSourceFile(`${file.fileName}.d.ts`, text, ts.ScriptTarget.Latest, true)
    known.set(file.fileName, declared)
    return declared
  }
}

/** Whether a statement declares this name. @param {string} name */
const declares =
  (name) =>
  /** @param {ts.Statement} statement */
  (statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some(
        (declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name
      )
    }
    const named = /** @type {{ name?: ts.Node }} */ (/** @type {unknown} */ (statement)).name
    return named !== undefined && ts.isIdentifier(named) && named.text === name
  }

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed })

/** The report of every entry. */
const report = () => {
  const program = readProgram()
  const checker = program.getTypeChecker()
  const declared = declarationsIn(program)
  /** Where a declaration was printed in full. @type {Map<ts.Symbol, string>} */
  const printed = new Map()

  /** @param {ts.Symbol} symbol */
  const original = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)

  /** @param {ts.Symbol} symbol */
  const signatures = (symbol) => {
    const files = new Set((symbol.declarations ?? []).map((node) => node.getSourceFile()))
    return [...files]
      .map(declared)
      .flatMap((file) =>
        file.statements
          .filter(declares(symbol.name))
          .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, file))
      )
      .map((text) => text.replace(/^export (declare )?/, '').replace(/^declare /, ''))
  }

  /** @param {ts.Symbol} exported @param {Entry} entry */
  const row = (exported, entry) => {
    const symbol = original(exported)
    const elsewhere = printed.get(symbol)
    if (elsewhere !== undefined) return `// ${exported.name}: ${elsewhere}`
    printed.set(symbol, `${symbol.name} of ${entry.specifier}`)
    const from = exported.name === symbol.name ? '' : `// ${exported.name}:\n`
    return from + signatures(symbol).join('\n')
  }

  /** @param {Entry} entry */
  const section = (entry) => {
    const file = program.getSourceFile(join(root, entry.source))
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${entry.source} is not a module`)
    const names = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1))
    return [`## ${entry.specifier}`, '', '```typescript', ...names.map((name) => row(name, entry)), '```', ''].join(
      '\n'
    )
  }

  // Rooms first, the front door last: what it passes on is then a line that names its room.
  const sections = [...entries].sort((a, b) => Number(a.subpath === '.') - Number(b.subpath === '.')).map(section)
  const head =
    '# API report\n\nWhat each entry point exports. Written by `npm run api`; a test compares it with the sources.\n'
  return `${[head, ...sections].join('\n').trimEnd()}\n`
}

/** @param {string} before @param {string} after */
const difference = (before, after) => {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`)
  const come = now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`)
  return [...gone, ...come].slice(0, 40).join('\n') || '(the same lines in another order)'
}

const after = report()
if (process.argv.includes('--write')) {
  writeFileSync(place, after)
  console.log(`${relative(root, place)} written`)
} else {
  const before = existsSync(place) ? readFileSync(place, 'utf8') : ''
  if (before !== after) {
    console.log(
      `docs/api-report.md differs from the sources; \`npm run api\` rewrites it\n${difference(before, after)}`
    )
    process.exitCode = 1
  }
}
