// @ts-check
/**
 * How the Markdown of guides and comments is drawn, where that differs from typedoc's way.
 *
 *     | a | b |        ──▶ a table that scrolls within itself
 *     ## The `x`       ──▶ an address as GitHub makes it, the code being part of it
 *     `v2Mapper(s)`    ──▶ a link to the reference of v2Mapper
 */

/**
 * What there is of markdown-it's tokens.
 *
 * @typedef {object} Token
 * @property {string} type
 * @property {string} content
 * @property {Array<Token> | null} children
 * @property {(name: string, value: string) => void} attrSet
 */

/** @typedef {(tokens: Array<Token>, i: number, options: object, env: object, self: { renderToken: Function }) => string} Draw */
/** @typedef {{ tokens: Array<Token>, Token: new (type: string, tag: string, nesting: number) => Token }} State */
/**
 * @typedef {object} Parser
 * @property {{ set: (options: { fuzzyLink: boolean }) => void }} linkify
 * @property {{ ruler: { push: (name: string, rule: (state: State) => void) => void } }} core
 * @property {{ rules: Record<string, Draw | undefined> }} renderer
 */

/** Wide tables scroll; the page does not. @param {Parser} parser */
const boxTables = ({ renderer: { rules } }) => {
  rules.table_open = (tokens, i, options, _, self) => `<div class="wide">${self.renderToken(tokens, i, options)}`
  rules.table_close = (tokens, i, options, _, self) => `${self.renderToken(tokens, i, options)}</div>`
}

/** @param {State} state @param {(token: Token) => void} visit */
const eachHeading = ({ tokens }, visit) => {
  for (const [i, token] of tokens.entries()) if (tokens[i - 1]?.type === 'heading_open') visit(token)
}

/** typedoc makes a heading's address of texts only; a text below the code is not drawn, but counts. @param {Parser} parser */
const nameHeadings = ({ core }) => {
  core.ruler.push('code in headings', (state) => {
    eachHeading(state, ({ children }) => {
      for (const token of children ?? []) {
        if (token.type !== 'code_inline') continue
        const text = new state.Token('text', '', 0)
        text.content = token.content
        token.children = [text]
      }
    })
  })
}

/** A name, and whether it is called: `v2Mapper`, `interpret(call, answer)`. */
const nameForm = /^([A-Za-z]\w+)(\(.*)?$/s

/** Small words are fields and properties more often than exports; a call or a capital inside makes it a name of ours. @param {string} code */
const nameIn = (code) => {
  if (/^segment-marketo\/[a-z\d-]+$/.test(code)) return code
  const [, name = '', called] = nameForm.exec(code) ?? []
  return called !== undefined || /[A-Z]/.test(name) ? name : ''
}

/** @param {State} state @param {Array<Token>} children @param {(name: string) => string | undefined} urlOf */
const linked = (state, children, urlOf) => {
  let within = 0
  return children.flatMap((token) => {
    if (token.type === 'link_open') within++
    if (token.type === 'link_close') within--
    const url = token.type === 'code_inline' && within === 0 ? urlOf(nameIn(token.content)) : undefined
    if (url === undefined) return [token]
    const open = new state.Token('link_open', 'a', 1)
    open.attrSet('href', url)
    return [open, token, new state.Token('link_close', 'a', -1)]
  })
}

/** @param {Parser} parser @param {(name: string) => string | undefined} urlOf */
const linkNames = ({ core }, urlOf) => {
  core.ruler.push('names', (state) => {
    const headings = new Set()
    eachHeading(state, (token) => headings.add(token))
    for (const token of state.tokens)
      if (token.type === 'inline' && token.children !== null && !headings.has(token))
        token.children = linked(state, token.children, urlOf)
  })
}

/** @param {(name: string) => string | undefined} urlOf where a name is explained @returns {(parser: Parser) => void} */
export const ourMarkdown = (urlOf) => (parser) => {
  // A bare `example.com` in a text is no link.
  parser.linkify.set({ fuzzyLink: false })
  boxTables(parser)
  nameHeadings(parser)
  linkNames(parser, urlOf)
}
