/**
 * One source file as the architecture sees it: what it imports, what it exports, and what it says about itself.
 *
 * Read off TypeScript's own syntax tree, so a comment or a text that looks like an import is none.
 */
import ts from 'typescript'

export interface Import {
  readonly specifier: string
  readonly line: number
}

export interface Export {
  readonly name: string
  readonly line: number
  readonly documented: boolean
}

export interface Module {
  readonly path: string
  readonly imports: ReadonlyArray<Import>
  readonly exports: ReadonlyArray<Export>
  /** Whether the file opens with a doc comment that holds `@module`. */
  readonly introduced: boolean
}

/** A file's path relative to the project, and its text. */
export const readModule = (path: string, text: string): Module => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return { path, imports: importsOf(file), exports: exportsOf(file), introduced: isIntroduced(file) }
}

const lineOf = (file: ts.SourceFile, node: ts.Node): number =>
  file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1

const textOf = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined

/** The specifier a node asks for: a declaration, a type (`import('x').Y`) or a call (`import('x')`, `require('x')`). */
const specifierOf = (node: ts.Node): string | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier)
  if (ts.isExternalModuleReference(node)) return textOf(node.expression)
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'require'
  return loads ? textOf(node.arguments[0]) : undefined
}

const importsOf = (file: ts.SourceFile): ReadonlyArray<Import> => {
  const found: Array<Import> = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) found.push({ specifier, line: lineOf(file, node) })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const boundNames = (name: ts.BindingName): ReadonlyArray<string> =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)))

const namesDeclaredBy = (statement: ts.Statement): ReadonlyArray<string> => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  }
  if (ts.isExportAssignment(statement)) return ['default']
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  return declares ? [statement.name?.text ?? 'default'] : []
}

/** Whether a doc comment stands before it; the comment of the module is not one. */
const isDocumented = (statement: ts.Statement): boolean =>
  ts
    .getJSDocCommentsAndTags(statement)
    .some((doc) => ts.isJSDoc(doc) && !(doc.tags ?? []).some(({ tagName }) => tagName.text === 'module'))

const isExported = (statement: ts.Statement): boolean =>
  ts.isExportAssignment(statement) ||
  (ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))

/** What `export { a, b as c }` hands out by its local name; names passed on from another file are that file's. */
const namesListedBy = (statement: ts.Statement): ReadonlyArray<string> => {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) return []
  const clause = statement.exportClause
  return clause !== undefined && ts.isNamedExports(clause)
    ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : []
}

/** Each exported name once. A codec and its type share a name, and one comment serves both. */
const exportsOf = (file: ts.SourceFile): ReadonlyArray<Export> => {
  const listed = new Set(file.statements.flatMap(namesListedBy))
  const found = new Map<string, Export>()
  const declared = file.statements.flatMap((statement) =>
    namesDeclaredBy(statement).map((name) => ({ name, statement }))
  )
  const public_ = new Set([
    ...listed,
    ...declared.filter(({ statement }) => isExported(statement)).map(({ name }) => name)
  ])
  for (const { name, statement } of declared) {
    if (!public_.has(name)) continue
    const before = found.get(name)
    const documented = before?.documented === true || isDocumented(statement)
    found.set(name, { name, line: before?.line ?? lineOf(file, statement), documented })
  }
  return [...found.values()]
}

const isIntroduced = (file: ts.SourceFile): boolean => {
  const shebang = ts.getShebang(file.text)?.length ?? 0
  const [first] = ts.getLeadingCommentRanges(file.text, shebang) ?? []
  if (first === undefined) return false
  const comment = file.text.slice(first.pos, first.end)
  return comment.startsWith('/**') && /^[\s*]*@module\b/m.test(comment)
}
