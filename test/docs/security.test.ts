/**
 * The tests that the page on security names are there, by their titles.
 */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { root } from './declared.js'

const page = readFileSync(`${root}docs/SECURITY.md`, 'utf8')

const cited = page.split('\n').flatMap((line) => {
  const [, file, title] = /\| `([\w/-]+\.test\.ts)`: (.+) \|$/.exec(line) ?? []
  return file === undefined || title === undefined ? [] : [[file, title] as const]
})

describe('the page on security', () => {
  it('names a test in each row of attempts', () => {
    const rows = page.slice(page.indexOf('| Attempt |'), page.indexOf('## What is left')).trim().split('\n')
    expect(cited.length).toBe(rows.length - 2)
    expect(cited.length).toBeGreaterThan(15)
  })

  it.each(cited)('%s has: %s', (file, title) => {
    const path = `${root}test/${file}`
    expect(existsSync(path)).toBe(true)
    expect(readFileSync(path, 'utf8')).toContain(title)
  })
})
