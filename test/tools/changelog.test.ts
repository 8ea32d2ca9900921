/** How a release's changes become a section of the changelog. */
import { describe, expect, it } from 'vitest'
import { faultOf, sectionOf, withSection } from './changelog.mjs'

const changes = [
  { summary: 'Mend a typing error.', kind: 'patch' },
  { summary: 'Add a reader.', kind: 'minor' },
  { summary: 'Coerce birthdays\n\n`birthday: 0` before → dropped, after → 1970-01-01', kind: 'minor' },
  { summary: 'Remove `old`.', kind: 'major' }
] as const

describe('the changelog', () => {
  it('tells changed outputs first, then what breaks, adds, mends', () => {
    expect(sectionOf('0.2.0', changes)).toBe(
      [
        '## 0.2.0',
        '',
        '- Coerce birthdays',
        '  ',
        '  `birthday: 0` before → dropped, after → 1970-01-01',
        '- Remove `old`.',
        '- Add a reader.',
        '- Mend a typing error.'
      ].join('\n')
    )
  })

  it('has the newest version on top, each once', () => {
    const before = '# Changelog\n\nWords.\n\n## 0.1.0\n\n- First.\n'
    const after = '# Changelog\n\nWords.\n\n## 0.2.0\n\n- Second.\n\n## 0.1.0\n\n- First.\n'
    expect(withSection(before, '## 0.2.0\n\n- Second.')).toBe(after)
    expect(withSection(after, '## 0.2.0\n\n- Second.')).toBe(after)
    expect(withSection('# Changelog\n', '## 0.1.0\n\n- First.')).toBe('# Changelog\n\n## 0.1.0\n\n- First.\n')
  })

  it('has no changed output in a patch', () => {
    expect(faultOf({ summary: 'before → a, after → b', kind: 'patch' })).toBe(
      'a change of an output is at least minor: before → a, after → b'
    )
    expect(changes.map(faultOf)).toEqual([undefined, undefined, undefined, undefined])
  })
})
