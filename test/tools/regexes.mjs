// @ts-check
/**
 * Every regular expression of src, judged by recheck: none may take more than linear time, whatever text it meets.
 *
 *     src/…/*.ts ──TypeScript──▶ literals, and what `new RegExp` is given ──recheck──▶ safe, or the text that is slow
 *
 * What recheck cannot judge in time counts as slow: write it as a walk. An expression that is put together while the program runs cannot be
 * judged here, so there may be none.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { checkSync } from 'recheck'
import ts from 'typescript'
import { root } from './project.mjs'

/** @typedef {{ readonly at: string, readonly source: string, readonly flags: string }} Found */

/** @param {string} folder @returns {ReadonlyArray<string>} */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))

/** @type {Array<Found>} */
const found = []
/** @type {Array<string>} */
const faults = []

/** @param {ts.SourceFile} file */
const collect = (file) => {
  /** @param {ts.Node} node */
  const visit = (node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const at = `${relative(root, file.fileName)}:${line}`
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.push({ at, source: node.text.slice(1, end), flags: node.text.slice(end + 1) })
    } else if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'RegExp'
    )
      faults.push(`${at}: an expression made while the program runs cannot be judged`)
    ts.forEachChild(node, visit)
  }
  visit(file)
}

for (const path of filesIn(join(root, 'src')))
  collect(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true))

/** One expression may stand in many files. @type {Map<string, Found>} */
const distinct = new Map(found.map((one) => [`${one.flags}/${one.source}`, one]))
for (const { at, source, flags } of distinct.values()) {
  const verdict = checkSync(source, flags, { timeout: 20_000 })
  const isLinear =
    verdict.status === 'safe' &&
    (verdict.complexity === undefined || ['safe', 'linear'].includes(verdict.complexity.type))
  if (isLinear) continue
  const slow =
    verdict.status === 'vulnerable'
      ? `${verdict.complexity.summary} on ${verdict.attack.pattern}`
      : 'not judged in time'
  faults.push(`${at}: /${source}/${flags}: ${slow}`)
}

for (const fault of faults) console.log(fault)
console.log(`note: ${distinct.size} regular expressions, ${faults.length} that may be slow`)
process.exitCode = faults.length > 0 ? 1 : 0
