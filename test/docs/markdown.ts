/**
 * Pages with drawn parts: what stands between two marks is made anew from the sources, the rest is left as it is.
 *
 *     <!-- drawn: error-codes record -->
 *     …
 *     <!-- /drawn -->
 */

/** Text as it may stand in a cell of a table. */
export const cell = (text: string): string => text.split('|').join('\\|').replace(/\s+/g, ' ').trim()

/** Text as code in a cell. */
export const code = (text: string): string => `\`${cell(text)}\``

const escaped = (text: string): string => text.replace(/[*_<[\]]/g, (c) => (c === '<' ? '&lt;' : `\\${c}`))

/** Text as running text, with what stands between backticks left as code. */
export const prose = (text: string): string =>
  text
    .split('`')
    .map((piece, i) => (i % 2 === 0 ? escaped(piece) : piece))
    .join('`')

/** A table; without rows there is none. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Draws one part from the words behind its mark. */
export type Drawing = (words: ReadonlyArray<string>) => string

/** Drawings by the first word of their mark. */
export type Drawings = ReadonlyMap<string, Drawing>

const part = /<!-- drawn: ([^\n]*?) -->\n[\s\S]*?<!-- \/drawn -->/g

/** The marks of a page, in order. */
export const marksIn = (page: string): ReadonlyArray<string> => [...page.matchAll(part)].map(([, mark = '']) => mark)

/** The page with all its parts drawn anew. A mark that no drawing knows is an error of the page. */
export const redrawn = (page: string, drawings: Drawings): string =>
  page.replace(part, (_, mark: string) => {
    const [name = '', ...words] = mark.split(' ')
    const drawing = drawings.get(name)
    if (drawing === undefined) throw new Error(`no drawing is called ${name}`)
    return `<!-- drawn: ${mark} -->\n\n${drawing(words).trim()}\n\n<!-- /drawn -->`
  })
