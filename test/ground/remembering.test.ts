import { describe, expect, it } from 'vitest'
import { remembering } from '../../src/ground/remembering.js'

describe('a function that remembers', () => {
  it('answers as the function does, and asks it once for each text that it has room for', () => {
    const asked: Array<string> = []
    const length = remembering((text) => {
      asked.push(text)
      return text.length
    })
    expect([length('abc'), length('ab'), length('abc'), length('')]).toEqual([3, 2, 3, 0])
    expect(asked).toEqual(['abc', 'ab', ''])
  })

  it('has room for 4096 texts, so that names off the wire cannot fill the memory', () => {
    let asked = 0
    const twice = remembering((text) => {
      asked += 1
      return text + text
    })
    const all = (): ReadonlyArray<string> => Array.from({ length: 5000 }, (_, i) => twice(String(i)))
    const first = all()
    expect(asked).toBe(5000)
    expect(all()).toEqual(first)
    expect(asked).toBe(5000 + 5000 - 4096)
  })

  it('keeps no text that is too long to be a name', () => {
    let asked = 0
    const length = remembering((text) => {
      asked += 1
      return text.length
    })
    for (const text of ['x'.repeat(256), 'x'.repeat(256), 'x'.repeat(257), 'x'.repeat(257)]) length(text)
    expect(asked).toBe(3)
  })

  it('is not misled by the names of every object’s members', () => {
    const same = remembering((text) => text)
    expect(['constructor', '__proto__', 'toString'].map(same)).toEqual(['constructor', '__proto__', 'toString'])
  })
})
