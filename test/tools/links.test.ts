/** What counts as a link, and what a link may lead to. */
import { expect, it } from 'vitest'
import { anchorsIn, linksIn } from './markdown-links.mjs'

it.each([
  ['a link', 'see [a](docs/a.md#b) for it', ['docs/a.md#b']],
  ['two links', '[a](a.md) [b](b.md)', ['a.md', 'b.md']],
  ['a link with a title', '[a](a.md "A")', ['a.md']],
  ['an image', '![a](a.png)', ['a.png']],
  ['a definition', '[a]: a.md', ['a.md']],
  ['HTML', '<img src="a.png"> <a href="b.md">', ['a.png', 'b.md']],
  ['code', 'write `[a](a.md)`', []],
  ['a block of code', '```md\n[a](a.md)\n```', []]
])('finds what links in %s', (_, text, targets) => {
  expect(linksIn(text).map(({ target }) => target)).toEqual(targets)
})

it('tells the line, also below a block of code', () => {
  expect(linksIn('```\nx\n```\n[a](a.md)')).toEqual([{ target: 'a.md', line: 4 }])
})

it('makes anchors as GitHub does', () => {
  const page =
    '# What it does *not* do\n## The `fetch` adapter\n## Twice\n## Twice\n```sh\n# a comment\n```\n<a id="here"></a>'
  expect([...anchorsIn(page)]).toEqual(['what-it-does-not-do', 'the-fetch-adapter', 'twice', 'twice-1', 'here'])
})
