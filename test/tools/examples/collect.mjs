// @ts-check
/**
 * Finds the examples: each `ts` block of a Markdown page, and each `@example` of a doc comment.
 */
import ts from 'typescript'

/**
 * @typedef {object} Example
 * @property {string} file relative to the project
 * @property {number} line the line, from 1, that the first line of code stands on
 * @property {string} code
 * @property {boolean} runs false for a block marked `no-run`, or an example tag with a line that ends in `// no-run`: it is
 * only compiled
 */

/** Code at a line. @typedef {{ readonly text: string, readonly line: number }} Line */

/** @param {string} file @param {ReadonlyArray<Line>} lines @param {ReadonlyArray<string>} marks @returns {Example} */
const exampleOf = (file, lines, marks) => ({
  file,
  line: lines[0]?.line ?? 0,
  code: lines.map(({ text }) => text).join('\n'),
  runs: !marks.includes('no-run')
})

/**
 * The fenced blocks among these lines whose language is `ts`. A fence closes with at least as many ticks as it opened with.
 *
 * @param {string} file
 * @param {ReadonlyArray<Line>} lines
 * @returns {ReadonlyArray<Example>}
 */
const fencedExamples = (file, lines) => {
  /** @type {Array<Example>} */
  const found = []
  /** @type {{ ticks: string, marks: ReadonlyArray<string>, lines: Array<Line> } | undefined} */
  let open
  for (const line of lines) {
    const fence = /^\s*(`{3,})\s*(.*)$/.exec(line.text)
    if (open === undefined) {
      if (fence !== null) open = { ticks: fence[1] ?? '', marks: (fence[2] ?? '').trim().split(/\s+/), lines: [] }
    } else if (fence?.[2] === '' && (fence[1] ?? '').length >= open.ticks.length) {
      if (open.marks[0] === 'ts' && open.lines.length > 0) found.push(exampleOf(file, open.lines, open.marks))
      open = undefined
    } else open.lines.push(line)
  }
  return found
}

/** @param {string} text @returns {ReadonlyArray<Line>} */
const linesOf = (text) => text.split('\n').map((line, index) => ({ text: line.replace(/\r$/, ''), line: index + 1 }))

/** @param {string} file @param {string} text */
export const examplesInMarkdown = (file, text) => fencedExamples(file, linesOf(text))

/**
 * The doc comments of a source file, wherever they stand.
 *
 * @param {ts.SourceFile} file
 * @returns {ReadonlyArray<ts.CommentRange>}
 */
const docComments = (file) => {
  /** @type {Map<number, ts.CommentRange>} */
  const found = new Map()
  /** @param {ts.Node} node */
  const visit = (node) => {
    for (const range of ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []) found.set(range.pos, range)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...found.values()].filter(({ pos }) => file.text.startsWith('/**', pos))
}

/**
 * The bodies of the `@example` tags of one comment: all up to the next tag or the end. A tag inside a fenced block is code.
 *
 * @param {ReadonlyArray<Line>} lines
 * @returns {ReadonlyArray<ReadonlyArray<Line>>}
 */
const exampleTags = (lines) => {
  /** @type {Array<Array<Line>>} */
  const bodies = []
  /** @type {Array<Line> | undefined} */
  let body
  let fenced = false
  for (const line of lines) {
    if (line.text.startsWith('```')) fenced = !fenced
    const tag = fenced ? null : /^@(\w+)/.exec(line.text)
    if (tag === null) body?.push(line)
    else {
      body = tag[1] === 'example' ? [] : undefined
      if (body !== undefined) bodies.push(body)
    }
  }
  return bodies
}

/** @param {ReadonlyArray<Line>} lines */
const withoutBlankEnds = (lines) => {
  const full = lines.map(({ text }) => text.trim() !== '')
  return lines.slice(Math.max(full.indexOf(true), 0), full.lastIndexOf(true) + 1)
}

/** @param {string} file @param {string} text @returns {ReadonlyArray<Example>} */
export const examplesInSource = (file, text) => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return docComments(source).flatMap(({ pos, end }) => {
    const first = source.getLineAndCharacterOfPosition(pos).line
    const lines = linesOf(text.slice(pos, end).replace(/\*\/$/, '')).map((line) => ({
      text: line.text.replace(/^\s*\/?\*{1,2} ?/, ''),
      line: line.line + first
    }))
    return exampleTags(lines).flatMap((body) => {
      // A body is code as it stands, or text around fenced code.
      if (body.some((line) => line.text.startsWith('```'))) return fencedExamples(file, body)
      const code = withoutBlankEnds(body)
      const marks = code.some((line) => line.text.endsWith('// no-run')) ? ['no-run'] : []
      return code.length > 0 ? [exampleOf(file, code, marks)] : []
    })
  })
}
