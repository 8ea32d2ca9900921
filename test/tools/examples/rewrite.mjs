// @ts-check
/**
 * Turns an example into a program that checks itself.
 *
 *     upper('a') // => 'A'        becomes   __same((upper('a')), () => ('A'), 'README.md:7') // => 'A'
 *     const x = upper('a')
 *     // => 'A'                   checks x, and an expectation may go on over several comment lines
 *
 * No line is added or taken, so a complaint about line n of the program is about line n of the example.
 */
import ts from 'typescript'

/** @typedef {import('./collect.mjs').Example} Example */

/** How an expectation spells what fp-ts makes. */
export const constructors = ['left', 'right', 'both', 'some', 'none']

/** @param {string} code */
const parse = (code) => ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)

/** @param {ts.BindingName} name @returns {ReadonlyArray<string>} */
const boundNames = (name) =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)))

/** @param {ts.ImportClause} clause @returns {ReadonlyArray<string>} */
const importedNames = ({ name, namedBindings }) => {
  const own = name === undefined ? [] : [name.text]
  if (namedBindings === undefined) return own
  if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text]
  return [...own, ...namedBindings.elements.map((element) => element.name.text)]
}

/** @param {ts.Statement} statement @returns {ReadonlyArray<string>} */
const namesOf = (statement) => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((declaration) => boundNames(declaration.name))
  }
  if (ts.isImportDeclaration(statement)) {
    return statement.importClause === undefined ? [] : importedNames(statement.importClause)
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return declares && statement.name !== undefined ? [statement.name.text] : []
}

/** The names an example declares or imports at its top level. @param {string} code @returns {ReadonlySet<string>} */
export const namesDeclaredIn = (code) => new Set(parse(code).statements.flatMap(namesOf))

/** The names a module exports where it declares them. @param {string} code @returns {ReadonlyArray<string>} */
export const namesExportedBy = (code) =>
  parse(code).statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? namesOf(statement) : []
  })

/** Every identifier an example mentions, its expectations included. @param {string} code @returns {ReadonlySet<string>} */
export const namesMentionedIn = (code) => {
  /** @type {Set<string>} */
  const names = new Set()
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(parse(code))
  return names
}

/** The modules an example imports. @param {string} code @returns {ReadonlyArray<string>} */
export const importsOf = (code) =>
  parse(code).statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : []
  )

/**
 * What a statement's expectation speaks of: an expression, or the one constant it declares.
 *
 * @param {ts.Statement} statement
 * @returns {ts.Node | undefined}
 */
const subjectOf = (statement) => {
  if (ts.isExpressionStatement(statement)) return statement.expression
  if (!ts.isVariableStatement(statement)) return undefined
  const [declaration, ...more] = statement.declarationList.declarations
  return more.length === 0 && declaration !== undefined && ts.isIdentifier(declaration.name)
    ? declaration.name
    : undefined
}

/** Up to the end of the line, then any further lines that hold a comment and nothing else. */
const commentsBehind = /^[ \t;]*(?:\/\/[^\n]*)?(?:\n[ \t]*\/\/[^\n]*)*/

/**
 * The expectation behind a statement, from `=>` on; a new arrow or an empty comment line ends it.
 *
 * @param {string} code
 * @param {number} end where the statement ends
 * @returns {string | undefined}
 */
const expectationBehind = (code, end) => {
  const comments = (commentsBehind.exec(code.slice(end))?.[0] ?? '')
    .split('\n')
    .map((line) => line.replace(/^[ \t;]*(?:\/\/)?/, '').trim())
  // Only a comment on the statement's own line, or on the very next one, is about it.
  const start = comments.findIndex((line, index) => line.startsWith('=>') && index <= 1)
  if (start < 0) return undefined
  const rest = comments.slice(start)
  const stop = rest.findIndex((line, index) => index > 0 && line === '')
  return (stop < 0 ? rest : rest.slice(0, stop)).join(' ').replace(/^=>\s*/, '')
}

/**
 * The example's code with its checks in place, and how many there are.
 *
 * @param {Example} example
 * @returns {{ code: string, checks: number }}
 */
export const withChecks = ({ file, line, code }) => {
  const source = parse(code)
  let checked = code
  let checks = 0
  // From the end, so that positions ahead stay valid.
  for (const statement of [...source.statements].reverse()) {
    const expected = expectationBehind(code, statement.end)
    const subject = subjectOf(statement)
    if (expected === undefined || subject === undefined) continue
    checks += 1
    const where = `${file}:${line + source.getLineAndCharacterOfPosition(statement.end).line}`
    const check = (/** @type {string} */ value) => `__same((${value}), () => (${expected}), ${JSON.stringify(where)})`
    const [from, to, text] = ts.isExpressionStatement(statement)
      ? [subject.getStart(source), subject.end, check(subject.getText(source))]
      : [statement.end, statement.end, `; ${check(subject.getText(source))}`]
    checked = checked.slice(0, from) + text + checked.slice(to)
  }
  return { code: checked, checks }
}

/** How many expectations a reader sees; more than were understood means that one stands behind no expression. @param {string} code */
export const arrowsIn = (code) => (code.match(/\/\/[ \t]*=>/g) ?? []).length
