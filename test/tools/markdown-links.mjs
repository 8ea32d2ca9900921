// @ts-check
/** The links of a Markdown page and the places in it that can be linked to. Code is neither. */

/** The page with everything inside code blanked out, line by line, so that line numbers stand. @param {string} text */
const withoutCode = (text) => {
  let fence = ''
  return text.split('\n').map((line) => {
    const ticks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
    if (fence === '') {
      fence = ticks
      return ticks === '' ? line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length)) : ''
    }
    if (ticks.startsWith(fence)) fence = ''
    return ''
  })
}

/** `[text](target "title")`, an image, `[name]: target`, or the same in HTML. */
const linkForms = [
  /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g,
  /^\s*\[[^\]]+\]:\s*<?([^\s>]+)/g,
  /\b(?:href|src)="([^"]+)"/g
]

/**
 * @param {string} text
 * @returns {ReadonlyArray<{ target: string, line: number }>}
 */
export const linksIn = (text) =>
  withoutCode(text).flatMap((line, index) =>
    linkForms.flatMap((form) => [...line.matchAll(form)].map(([, target = '']) => ({ target, line: index + 1 })))
  )

/** As GitHub makes an anchor of a heading: letters, digits, `-` and `_`, in lower case. @param {string} heading */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** Headings keep their code: `## The `fetch` adapter` can be linked to. @param {string} text @returns {ReadonlySet<string>} */
export const anchorsIn = (text) => {
  const lines = text.split('\n')
  /** @type {Map<string, number>} */
  const seen = new Map()
  const headings = withoutCode(text).flatMap((line, index) => {
    const heading = /^#{1,6}\s/.test(line) ? /^#{1,6}\s+(.*?)\s*#*$/.exec(lines[index] ?? '')?.[1] : undefined
    return heading === undefined ? [] : [anchorOf(heading)]
  })
  const numbered = headings.map((anchor) => {
    const before = seen.get(anchor) ?? 0
    seen.set(anchor, before + 1)
    return before === 0 ? anchor : `${anchor}-${before}`
  })
  const named = [...text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map(([, name = '']) => name)
  return new Set([...numbered, ...named])
}
