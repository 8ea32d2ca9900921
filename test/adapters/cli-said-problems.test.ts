import { describe, expect, it } from 'vitest'
import { newSaidProblems } from '../../src/adapters/cli/source/said-problems.js'
import { malformed } from '../../src/ground/problem.js'

const told = (quiet: boolean) => {
  const lines: Array<string> = []
  const said = newSaidProblems({ write: (text) => lines.push(text), flush: async () => true }, quiet)
  return { lines, said }
}

const dropped = (n: number) => malformed('dropped', ['leads', n], 'a number', 'send text')

describe('what is said while reading', () => {
  it('is said once, and counted each time, with what there was no room to tell', () => {
    const { lines, said } = told(false)
    said.say([dropped(1), dropped(1), dropped(2)], 40)
    said.say([])
    expect(lines).toEqual([
      'leads[1]: found a number; send text [dropped]\n',
      'leads[2]: found a number; send text [dropped]\n'
    ])
    expect([said.count(), said.hasInvalid()]).toEqual([43, false])
  })

  it('is a hundred lines at most, none where quiet is asked for, and knows a record that is lost', () => {
    const many = Array.from({ length: 150 }, (_, n) => dropped(n))
    for (const quiet of [false, true]) {
      const { lines, said } = told(quiet)
      said.say([...many, malformed('invalid', ['leads', 7], 'a number', 'send an object')])
      expect([lines.length, said.count(), said.hasInvalid()]).toEqual([quiet ? 0 : 100, 151, true])
    }
  })
})
