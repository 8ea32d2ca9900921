/** The listing of the guides, the link check of the site, and the addresses and levels of headings. */
import { expect, it } from 'vitest'
import { faultsOf, groups } from './pages/guides.mjs'
import { faultsOfLinks, type Page } from './pages/links.mjs'

it.each([
  ['a guide without a row', ['v1.md', 'new.md'], ['v1'], ['docs/new.md is in no group']],
  ['a guide with two rows', ['v1.md'], ['v1', 'v2', 'v1'], ['docs/v1.md is in two places']],
  ['a row that waits for its guide', ['v1.md'], ['v1', 'later'], []]
])('the listing knows %s', (_, pages, names, expected) => {
  expect(faultsOf(pages, names).map((fault) => fault.split(':')[0])).toEqual(expected)
})

it('no group of guides is empty', () => {
  expect(groups.filter(({ names }) => names.length === 0)).toEqual([])
})

const page = (links: ReadonlyArray<string>, ids: ReadonlyArray<string> = []): Page => ({ ids, links })

const site = (links: ReadonlyArray<string>) =>
  faultsOfLinks(
    new Map([
      ['index.html', page([], ['top'])],
      ['guides/v1.html', page(links, ['a b'])]
    ]),
    new Set(['index.html', 'guides/v1.html', 'media/x.txt'])
  )

it.each([
  ['', 'itself'],
  ['#a%20b', 'a place in itself'],
  ['../', 'the front page'],
  ['../index.html#top', 'a place in another page'],
  ['../media/x.txt', 'a file'],
  ['https://example.com/x', 'another site'],
  ['data:,', 'itself being the data']
])('a link to %j leads to %s', (link) => {
  expect(site([link])).toEqual([])
})

it.each([
  ['v2.html', 'no such file'],
  ['../media', 'no such file'],
  ['#top', 'no such place'],
  ['../index.html#a', 'no such place'],
  ['http://example.com', 'is no https address'],
  ['file:///x', 'is no https address'],
  ['site:index.html', 'is no https address'],
  ['//example.com', 'no such file']
])('a link to %j is told: %s', (link, fault) => {
  expect(site([link, link])).toEqual([`guides/v1.html links to ${link}: ${fault}`])
})
