import * as fc from 'fast-check'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'
import {
  type ErrorLevel,
  type ErrorSeen,
  errorCodeOverrides,
  errorCodeRow,
  errorCodes,
  isKnownErrorCode,
  type Operation,
  type Remedy,
  remedyFor
} from '../../src/marketo/error-codes.js'

const rows = Object.entries(errorCodes)
const levels: ReadonlyArray<ErrorLevel> = ['http', 'identity', 'response', 'record', 'data-ingestion']
const operations: ReadonlyArray<Operation> = [
  'read',
  'ensure',
  'remove',
  'need-member',
  'submit-form',
  'import-report',
  'export-file'
]
const remedies: ReadonlyArray<Remedy> = [
  'renew-token',
  'back-off',
  'throttle',
  'await-quota',
  'split-request',
  'mend-request',
  'mend-record',
  'accept',
  'ask-administrator'
]

const seen = fc.record(
  {
    code: fc.oneof(
      fc.constantFrom(...Object.keys(errorCodes)),
      fc.string(),
      fc.constantFrom('constructor', '__proto__')
    ),
    level: fc.constantFrom(...levels),
    message: fc.oneof(
      fc.string(),
      fc.constantFrom('Too many results match the filter', 'Job already queued', 'Daily quota exceeded')
    ),
    httpStatus: fc.constantFrom(200, 400, 401, 404, 413, 414, 429, 500, 502, 503, 599),
    operation: fc.constantFrom(...operations)
  },
  { requiredKeys: ['code', 'level', 'message', 'httpStatus'] }
)

const at = (code: string, level: ErrorLevel, more: Partial<ErrorSeen> = {}): Remedy =>
  remedyFor({ code, level, message: '', httpStatus: 200, ...more })

describe('laws', () => {
  it('P3 every error has a remedy', () => {
    fc.assert(
      fc.property(seen, (error) => {
        expect(remedies).toContain(remedyFor(error))
      })
    )
  })

  it('where no override speaks of a code, its row decides', () => {
    const spoken = new Set(errorCodeOverrides.map(({ code }) => code))
    fc.assert(
      fc.property(seen, (error) => {
        const { code } = error
        fc.pre(isKnownErrorCode(code) && !spoken.has(code))
        expect(errorCodeRow(code)).toMatchObject({ _tag: 'Some', value: { remedy: remedyFor(error) } })
      })
    )
  })

  it('an unknown code may pass at HTTP 5xx and will not elsewhere: the record is lost, or the request', () => {
    fc.assert(
      fc.property(seen, (error) => {
        fc.pre(!isKnownErrorCode(error.code) && error.httpStatus !== 429)
        const lost = error.level === 'record' ? 'mend-record' : 'mend-request'
        expect(remedyFor(error)).toBe(error.httpStatus >= 500 ? 'back-off' : lost)
      })
    )
  })

  it('the letter case of a message does not matter', () => {
    fc.assert(
      fc.property(seen, (error) => {
        expect(remedyFor({ ...error, message: error.message.toUpperCase() })).toBe(remedyFor(error))
      })
    )
  })

  it('only own keys are codes', () => {
    for (const code of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']) {
      expect(errorCodeRow(code)).toEqual(O.none)
      expect(at(code, 'response')).toBe('mend-request')
    }
  })
})

describe('the table', () => {
  it('has the 83 codes of the reference', () => {
    expect(rows).toHaveLength(83)
    expect(levels.map((level) => rows.filter(([, row]) => row.listed === level).length)).toEqual([4, 1, 31, 38, 9])
  })

  it('has 24 record codes that are also met for a whole answer, and 7 answers that Adobe does not count', () => {
    expect(rows.filter(([, row]) => row.elsewhere)).toHaveLength(24)
    expect(rows.filter(([, row]) => row.quota === 'free').map(([code]) => code)).toEqual([
      '401',
      '601',
      '602',
      '604',
      '605',
      '608',
      '611'
    ])
  })

  it('uses every remedy', () => {
    expect(new Set(rows.map(([, row]) => row.remedy)).size).toBe(remedies.length)
  })

  it.each(rows)('row %s is sound', (code, row) => {
    expect(code).toMatch(/^(\d{3,7}|5xx)$/)
    expect(row.name.trim()).toBe(row.name)
    expect(row.name).not.toBe('')
    expect(levels).toContain(row.listed)
    expect(remedies).toContain(row.remedy)
    if (row.elsewhere) expect(row.listed).toBe('record')
    expect(row.quota === 'counted').toBe(row.listed === 'record')
    expect(row.quota === 'apart').toBe(row.listed === 'data-ingestion')
    // Whoever loses one record of many was told so beside that record.
    if (row.remedy === 'mend-record') expect(row.listed).toBe('record')
    expect(errorCodeRow(code)).toEqual(O.some(row))
  })
})

describe('the overrides', () => {
  it.each(errorCodeOverrides)(
    '$code in its circumstances asks for $remedy',
    ({ code, level, operation, words, remedy }) => {
      const error: ErrorSeen = {
        code,
        level: level ?? errorCodes[code].listed,
        message: `(${words.join(' so ')})`,
        httpStatus: 200,
        operation: operation ?? undefined
      }
      expect(remedyFor(error)).toBe(remedy)
      // It says something that neither the row nor a later override would have said.
      const after = errorCodeOverrides.slice(errorCodeOverrides.findIndex((row) => row.words === words) + 1)
      const otherwise = [errorCodes[code].remedy, ...after.filter((row) => row.code === code).map((row) => row.remedy)]
      expect(otherwise.some((other) => other !== remedy)).toBe(true)
    }
  )

  it('have their words in lower case, as messages are compared', () => {
    for (const { words } of errorCodeOverrides) expect(words.map((word) => word.toLowerCase())).toEqual(words)
  })

  it('repeat no circumstance', () => {
    const keys = errorCodeOverrides.map(({ remedy: _, ...circumstance }) => JSON.stringify(circumstance))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('codes that mean different things in different places', () => {
  it.each([
    ['1003', 'record', {}, 'mend-record'],
    ['1003', 'response', {}, 'mend-request'],
    ['1003', 'response', { message: 'Too many results match the filter' }, 'split-request'],
    ['1003', 'response', { message: 'Too many leads' }, 'mend-request'],
    ['1003', 'response', { operation: 'submit-form' }, 'mend-record'],
    ['1004', 'record', {}, 'mend-record'],
    ['1004', 'record', { operation: 'remove' }, 'accept'],
    ['1004', 'record', { operation: 'ensure' }, 'mend-record'],
    ['1005', 'record', { operation: 'ensure' }, 'accept'],
    ['1006', 'record', {}, 'mend-record'],
    ['1006', 'response', {}, 'mend-request'],
    ['1013', 'record', { operation: 'remove' }, 'accept'],
    ['1013', 'response', { operation: 'remove' }, 'mend-request'],
    ['1015', 'record', {}, 'accept'],
    ['1015', 'record', { operation: 'need-member' }, 'mend-record'],
    ['1029', 'response', { message: 'Too many jobs in queue' }, 'back-off'],
    ['1029', 'response', { message: 'Export daily quota exceeded' }, 'await-quota'],
    ['1029', 'response', { message: 'Job already queued' }, 'accept'],
    ['1077', 'response', {}, 'mend-request'],
    ['1077', 'record', {}, 'mend-record'],
    ['702', 'response', {}, 'mend-request'],
    ['702', 'response', { operation: 'read' }, 'accept'],
    ['404', 'http', { httpStatus: 404 }, 'mend-request'],
    ['404', 'http', { httpStatus: 404, operation: 'import-report' }, 'accept'],
    ['404', 'http', { httpStatus: 404, operation: 'export-file' }, 'back-off'],
    ['606', 'response', {}, 'throttle'],
    ['607', 'response', {}, 'await-quota'],
    ['601', 'response', {}, 'renew-token'],
    ['603', 'response', {}, 'ask-administrator'],
    ['503', 'http', { httpStatus: 503 }, 'back-off'],
    ['429', 'http', { httpStatus: 429 }, 'throttle'],
    ['418', 'http', { httpStatus: 418 }, 'mend-request'],
    ['9999', 'record', {}, 'mend-record'],
    ['9999', 'record', { httpStatus: 503 }, 'back-off'],
    ['9999', 'response', {}, 'mend-request']
  ] as const)('%s at level %s with %j asks for %s', (code, level, more, remedy) => {
    expect(at(code, level, more)).toBe(remedy)
  })
})
