/**
 * What the sources say in comments: the words of a union with the remark beside each, the interfaces of a union with their first
 * sentence, a constant with its comment and those of its members.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The project's folder, with a slash behind it. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A source file, parsed. */
export const parsed = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(`${root}${path}`, 'utf8'), ts.ScriptTarget.Latest, true)

/** A word or a name, and what is said of it. */
export interface Said {
  readonly name: string
  readonly about: string
}

const withoutLinks = (text: string): string => text.replace(/\{@link\s+(\w+)\}/g, '`$1`').trim()

/** The doc comment in front of a node, its tags apart. */
const docOf = (node: ts.Node): string => {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return withoutLinks(ts.getTextOfJSDocComment(doc?.comment) ?? '')
}

const typeNamed = (file: ts.SourceFile, name: string): ts.TypeNode => {
  const found = file.statements.find((one) => ts.isTypeAliasDeclaration(one) && one.name.text === name)
  if (found === undefined || !ts.isTypeAliasDeclaration(found)) throw new Error(`${file.fileName} has no type ${name}`)
  return found.type
}

/** The `// remark` behind a node on its own line. */
const remarkBehind = (file: ts.SourceFile, node: ts.Node): string => {
  const [range] = ts.getTrailingCommentRanges(file.text, node.end) ?? []
  return range === undefined ? '' : file.text.slice(range.pos + 2, range.end).trim()
}

/** The words of a union of literal texts, each with its remark. */
export const wordsOf = (path: string, type: string): ReadonlyArray<Said> => {
  const file = parsed(path)
  const union = typeNamed(file, type)
  const members = ts.isUnionTypeNode(union) ? union.types : []
  return members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal)
      ? [{ name: member.literal.text, about: remarkBehind(file, member) }]
      : []
  )
}

/** The interfaces of a union, each with its comment. */
export const interfacesOf = (path: string, type: string): ReadonlyArray<Said> => {
  const file = parsed(path)
  const union = typeNamed(file, type)
  const names = (ts.isUnionTypeNode(union) ? union.types : []).map((member) => member.getText(file))
  return names.map((name) => {
    const found = file.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name)
    return { name, about: found === undefined ? '' : docOf(found) }
  })
}

/** A constant that holds an object: its comment, and its members with theirs. */
export interface SaidConstant extends Said {
  readonly members: ReadonlyArray<Said>
}

const objectIn = (node: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined => {
  if (node === undefined) return undefined
  if (ts.isObjectLiteralExpression(node)) return node
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? objectIn(node.expression) : undefined
}

/** The exported objects of a file, in order. */
export const constantsOf = (path: string): ReadonlyArray<SaidConstant> => {
  const file = parsed(path)
  return file.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const [declaration] = statement.declarationList.declarations
    const object = objectIn(declaration?.initializer)
    if (declaration === undefined || object === undefined) return []
    const members = object.properties.map((member) => ({
      name: member.name?.getText(file) ?? '',
      about: docOf(member)
    }))
    return [{ name: declaration.name.getText(file), about: docOf(statement), members }]
  })
}

const membersIn = (file: ts.SourceFile, node: ts.TypeNode): ReadonlyArray<string> => {
  if (ts.isTypeLiteralNode(node)) return node.members.map((member) => member.name?.getText(file) ?? '')
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node))
    return node.types.flatMap((type) => membersIn(file, type))
  return ts.isParenthesizedTypeNode(node) ? membersIn(file, node.type) : []
}

/** The members of an interface, or of a type that is made of objects. */
export const membersOf = (path: string, type: string): ReadonlyArray<string> => {
  const file = parsed(path)
  const found = file.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === type)
  return found !== undefined && ts.isInterfaceDeclaration(found)
    ? found.members.map((member) => member.name?.getText(file) ?? '')
    : membersIn(file, typeNamed(file, type))
}

/** The texts that stand in a type: of a union of tagged objects its tags. */
export const textsOf = (path: string, type: string): ReadonlyArray<string> => {
  const texts: Array<string> = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(typeNamed(parsed(path), type))
  return texts
}
