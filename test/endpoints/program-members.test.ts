import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeChangeProgramStatus,
  describeDeleteProgramMembers,
  describeSyncProgramStatus,
  interpretChangeProgramStatus,
  interpretDeleteProgramMembers,
  interpretSyncProgramStatus,
  type ProgramStatus
} from '../../src/endpoints/program-members.js'
import { programStatus } from '../arbitraries/intents.js'
import { batchOf, callsOf, frozen, hyg, jsonOf, ok, onlyCall, positionsOf, problemsOf, recordsOf } from './reading.js'

const ana: ProgramStatus = { munchkinId: hyg, programId: 1002, leadId: 1042, statusName: 'Registered' }
const bo: ProgramStatus = { ...ana, leadId: 1043 }

const describes = [
  ['synced', describeSyncProgramStatus, 'leadId', 'statusName'],
  ['changed', describeChangeProgramStatus, 'id', 'status'],
  ['deleted', describeDeleteProgramMembers, 'leadId', null]
] as const

const many = (count: number): readonly [ProgramStatus, ...Array<ProgramStatus>] => [
  ana,
  ...Array.from({ length: count - 1 }, (_, i) => ({ ...ana, leadId: 2000 + i }))
]

describe('D2 program members', () => {
  it.each(describes)(
    'D2 P2 each is %s in a call of its program and status, once in a call, in order',
    (_, ask, id, name) => {
      fc.assert(
        fc.property(batchOf(programStatus), (members) => {
          const described = ask(frozen(members))
          expect(positionsOf(described)).toEqual(members.map((_, i) => i))
          const calls = callsOf(described)
          for (const call of calls) {
            const own = call.intents.map((i) => members[i])
            const leads = recordsOf(call).map((record) => Object(record)[id])
            expect(leads).toEqual(own.map((member) => member?.leadId))
            expect(new Set(leads).size).toBe(leads.length)
            for (const member of own) {
              expect(call.descriptor.munchkinId).toBe(member?.munchkinId)
              expect(call.descriptor.path).toContain(String(member?.programId))
              if (name !== null) expect(Object(jsonOf(call))[name]).toBe(member?.statusName)
            }
          }
          const order = calls.flatMap(({ intents }) => intents)
          members.forEach((one, i) => {
            members.slice(0, i).forEach((other, k) => {
              const same = (['munchkinId', 'programId', 'leadId'] as const).every((part) => one[part] === other[part])
              if (same) expect(order.indexOf(k)).toBeLessThan(order.indexOf(i))
            })
          })
        })
      )
    }
  )

  it.each(describes)('D2 300 are %s at once', (_, ask) => {
    expect(callsOf(ask(many(300))).map((call) => recordsOf(call).length)).toEqual([300])
    expect(callsOf(ask(many(301))).map((call) => recordsOf(call).length)).toEqual([300, 1])
  })
})

describe('program members, the documented calls', () => {
  const shared = {
    _tag: 'HttpRequest',
    munchkinId: '561-HYG-937',
    host: 'rest',
    method: 'POST',
    query: [],
    headers: {},
    auth: 'bearer'
  }
  const older = { status: 'superseded', insteadUse: 'syncProgramStatus' }
  // biome-ignore format: table
  it.each([
    ['sync',   describeSyncProgramStatus,    'syncProgramStatus',    ['rest', 'v1', 'programs', '1002', 'members', 'status.json'], { statusName: 'Registered', input: [{ leadId: 1042 }, { leadId: 1043 }] }, { status: 'live' }],
    ['change', describeChangeProgramStatus,  'changeProgramStatus',  ['rest', 'v1', 'leads', 'programs', '1002', 'status.json'],   { status: 'Registered', input: [{ id: 1042 }, { id: 1043 }] },             older],
    ['delete', describeDeleteProgramMembers, 'deleteProgramMembers', ['rest', 'v1', 'programs', '1002', 'members', 'delete.json'], { input: [{ leadId: 1042 }, { leadId: 1043 }] },                           { status: 'live' }]
  ] as const)('%s', (_, ask, endpoint, path, json, lifecycle) => {
    const descriptor = { ...shared, endpoint, path, body: { json }, lifecycle }
    expect(onlyCall(ask([ana, bo]))).toEqual({ descriptor, intents: [0, 1], slots: [] })
  })
})

describe('program members left unsent', () => {
  // biome-ignore format: table
  it.each<[string, Partial<ProgramStatus>, object]>([
    ['a program numbered zero', { programId: 0 },    { at: ['programId'], found: 'a number' }],
    ['a lead that is half',     { leadId: 1.5 },     { at: ['leadId'], found: 'a number' }],
    ['a status without name',   { statusName: '' },  { at: ['statusName'], found: 'empty text' }],
    ['a status of blanks',      { statusName: ' ' }, { at: ['statusName'], found: 'blank text' }]
  ])('%s', (_, wrong, problem) => {
    for (const [, ask, , name] of describes) {
      if (name === null && 'statusName' in wrong) continue
      const described = ask([ana, { ...ana, ...wrong }, bo])
      expect(problemsOf(described)).toMatchObject([{ _tag: 'Malformed', weight: 'invalid', ...problem }])
      expect(callsOf(described).map(({ intents }) => intents)).toEqual([[0, 2]])
    }
  })
})

describe('program members, the answers', () => {
  const both = [ana, bo] as const
  const skipped = (code: string) => ({ seq: 1, status: 'skipped', reasons: [{ code, message: 'no' }] })

  // biome-ignore format: table
  it.each([
    ['synced',  describeSyncProgramStatus,    interpretSyncProgramStatus,    { seq: 0, leadId: 1042, status: 'created' }, '1037', 'accept'],
    ['synced',  describeSyncProgramStatus,    interpretSyncProgramStatus,    { seq: 0, leadId: 1042, status: 'updated' }, '1004', 'mend-record'],
    ['changed', describeChangeProgramStatus,  interpretChangeProgramStatus,  { id: 1042, status: 'updated' },             '1037', 'accept'],
    ['changed', describeChangeProgramStatus,  interpretChangeProgramStatus,  { id: 1042, status: 'updated' },             '1013', 'mend-record'],
    ['deleted', describeDeleteProgramMembers, interpretDeleteProgramMembers, { seq: 0, leadId: 1042, status: 'deleted' }, '1037', 'accept'],
    ['deleted', describeDeleteProgramMembers, interpretDeleteProgramMembers, { seq: 0, leadId: 1042, status: 'deleted' }, '1004', 'accept'],
    ['deleted', describeDeleteProgramMembers, interpretDeleteProgramMembers, { seq: 0, leadId: 1042, status: 'deleted' }, '1003', 'mend-record']
  ] as const)('%s (%#): one told with its number, one skipped', (_, ask, read, first, code, remedy) => {
    const answer = ok({ requestId: 'r', success: true, result: [first, skipped(code)] })
    expect(read(onlyCall(ask(both)), answer)).toEqual({
      _tag: 'Accepted',
      requestId: 'r',
      warnings: [],
      outcomes: [
        { _tag: 'Applied', intent: 0, status: first.status, leadId: 1042, marketoGUID: null },
        { _tag: 'Skipped', intent: 1, reasons: [{ code, message: 'no' }], remedy }
      ]
    })
  })

  it.each(['1025', '1013'])('refuse as a whole: %s', (code) => {
    const answer = ok({ success: false, errors: [{ code, message: '' }] })
    for (const read of [interpretSyncProgramStatus, interpretChangeProgramStatus, interpretDeleteProgramMembers]) {
      const verdict = read(onlyCall(describeSyncProgramStatus(both)), answer)
      expect(verdict).toMatchObject({ _tag: 'Refused', remedy: 'mend-request' })
    }
  })

  it('P3 P4 are a verdict, whatever they are', () => {
    const call = onlyCall(describeSyncProgramStatus(both))
    const member = fc.record(
      { leadId: fc.anything(), status: fc.anything(), reasons: fc.anything() },
      { requiredKeys: [] }
    )
    const body = fc.oneof(fc.anything(), fc.record({ success: fc.constant(true), result: fc.array(member) }))
    fc.assert(
      fc.property(body, (body) => {
        for (const read of [interpretSyncProgramStatus, interpretChangeProgramStatus, interpretDeleteProgramMembers]) {
          const verdict = read(call, { status: 200, headers: {}, body })
          expect(['Accepted', 'Refused']).toContain(verdict._tag)
          expect(JSON.parse(JSON.stringify(verdict))).toStrictEqual(verdict)
        }
      })
    )
  })
})
