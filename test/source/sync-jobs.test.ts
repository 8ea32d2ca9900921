/** What becomes of a job, answer by answer, and of its file, whole and in parts. */
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../src/ground/digest.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Answer } from '../../src/intent/outcome.js'
import { quotaDayStart } from '../../src/pace/quota-day.js'
import { nextReads } from '../../src/source/sync/next.js'
import { receivePart, receiveRead } from '../../src/source/sync/receive.js'
import { type SourceSync, takeRows } from '../../src/source/sync/state.js'
import { unitsIn } from '../../src/source/sync/tasks.js'
import type { ExportWalk, Job, JobPhase, Walk } from '../../src/source/sync/walks.js'
import { day, start } from './drive.js'
import { answerOf, feed, job, jobs, ready, refusal, stateWith } from './walking.js'

type Told = Parameters<typeof receiveRead>[2]

const lost = { kind: 'lost' } as const
const minute = 60_000

const stateOf = (one: Job, more: Partial<ExportWalk> = {}, walks: Readonly<Record<string, Walk>> = {}): SourceSync =>
  ready(stateWith({ w: { ...jobs(one), ...more }, ...walks }, { jobs: 1 }, { activityTypeIds: [1] }))

/** The call for the job, which is the only one due, in flight. */
const asked = (state: SourceSync, now = start): readonly [SourceSync, string] => {
  const [after, [first, ...others]] = nextReads(state, now)
  if (first === undefined || others.length > 0) throw new Error('not one call')
  return [after, first.id]
}

const answered = (state: SourceSync, answer: Told): SourceSync => receiveRead(...asked(state), answer, start)

const walkIn = ({ walks: { w: walk } }: SourceSync): ExportWalk => {
  if (walk?.kind !== 'export') throw new Error('no extract')
  return walk
}

const says = ({ problems }: Pick<SourceSync, 'problems'>): ReadonlyArray<string> =>
  problems.map((problem) => `${problem.weight} ${describeProblem(problem)}`)

const told = (one: object): Answer => answerOf({ success: true, result: [one] })
const errors = (...codes: ReadonlyArray<string>): Answer =>
  answerOf({ success: false, errors: codes.map((code) => ({ code, message: 'x' })) })

const refused = (codes: string, table = 'leads') =>
  `warning ${table}: found a refusal (${codes}); what was not read yet is read in the next run`
const often = 'warning leads: found a job that fails again and again; its window is read in the next run'
const hidden = (field: string) =>
  `warning customLeadFields.${field}: found a field that the instance has not, or hides; its column stays empty: make the field visible, or leave it out`

const waits = { tried: { lost: 1 } }
const madeAgain = {
  phase: 'create',
  exportId: null,
  bytes: null,
  checksum: null,
  reading: null,
  got: 0,
  polls: 0,
  again: 1,
  notBefore: start + minute
}
const open = { exportId: 'e', bytes: 9, checksum: 'abc', got: 5, polls: 2 }
const updated = { by: 'updatedAt' } as const
const queuedAlready = refusal('1029', 'Job already queued')

describe('a job', () => {
  // biome-ignore format: table
  it.each<[string, Job, Partial<ExportWalk>, Told, object | null, ReadonlyArray<string>]>([
    ['is made',                          job('create', 0, { exportId: null, tried: { lost: 1 } }), {}, told({ exportId: 'x' }), { phase: 'enqueue', exportId: 'x', tried: {} }, []],
    ['is made, without a name',          job('create'),   {},      told({ status: 'Created' }),     { phase: 'create', ...waits }, []],
    ['is made, and asked for already',   job('create'),   {},      queuedAlready,                   { phase: 'create', ...waits }, []],
    ['is made when there is room',       job('create'),   {},      refusal('606'),                  { phase: 'create', tried: { throttle: 1 } }, []],
    ['looks its fields up',              job('create'),   {},      refusal('1003'),                 { phase: 'describe' }, []],
    ['looks its fields up once',         job('create', 0, { described: true }), {}, refusal('1003'), null, [refused('1003')]],
    ['has no fields where it is of activities', job('create'), { of: 'activities' }, refusal('1003'), null, [refused('1003', 'lead_activities')]],
    ['is not to be had',                 job('create'),   {},      refusal('603'),                  null, [refused('603')]],
    ['has a filter that is not the one', job('create'),   {},      refusal('1035'),                 { phase: 'describe' }, []],
    ['asks for fields that nobody knows', job('create'), updated,  refusal('1003'),                 { phase: 'describe' }, []],
    ['is queued',                        job('enqueue'),  {},      told({ status: 'Queued' }),      { phase: 'poll', polls: 1, notBefore: start + minute }, []],
    ['was queued before',                job('enqueue'),  {},      queuedAlready,                   { phase: 'poll', polls: 1 }, []],
    ['waits for a place in the queue',   job('enqueue'),  {},      refusal('1029', 'Too many jobs'), { phase: 'enqueue' }, []],
    ['is queued by nobody',              job('enqueue'),  {},      refusal('616'),                  null, [refused('616')]],
    ['is unknown when it is queued',     job('enqueue', 0, open), {}, refusal('1003'),              madeAgain, []],
    ['is found to wait still',           job('poll', 0, { polls: 4 }), {}, told({ status: 'Queued' }), { phase: 'poll', polls: 5, notBefore: start + minute }, []],
    ['is found to be at it',             job('poll', 0, { polls: 5 }), {}, told({ status: 'Processing' }), { phase: 'poll', polls: 6, notBefore: start + 2 * minute }, []],
    ['is found in no state known',       job('poll', 0, { polls: 99 }), {}, told({ status: 'Dancing' }), { phase: 'poll', polls: 100, notBefore: start + 10 * minute }, []],
    ['is found not to be queued',        job('poll'),     {},      told({ status: 'Created' }),     { phase: 'enqueue' }, []],
    ['is found to have failed',          job('poll', 0, open), {}, told({ status: 'Failed' }),      madeAgain, []],
    ['is found to have failed too often', job('poll', 0, { again: 3 }), {}, told({ status: 'Failed' }), null, [often]],
    ['is found to have failed nearly too often', job('poll', 0, { again: 2 }), {}, told({ status: 'Failed' }), { again: 3 }, []],
    ['is found to be done',              job('poll', 0, { polls: 3, tried: { lost: 1 } }), {}, told({ status: 'Completed', numberOfRecords: 2, fileSize: 7, fileChecksum: 'A'.repeat(64) }),
      { phase: 'file', bytes: 7, checksum: 'a'.repeat(64), tried: {}, exportId: 'e' }, []],
    ['is asked about later',             job('poll'),     {},      refusal('606'),                  { phase: 'poll', tried: { throttle: 1 } }, []],
    ['is nobody’s to ask about',         job('poll'),     {},      refusal('603'),                  null, [refused('603')]],
    ['is told to be queued already',     job('poll'),     {},      queuedAlready,                   { phase: 'poll', ...waits }, []],
    ['is gone: 404',                     job('poll', 0, open), {}, errors('616', '404'),            madeAgain, []],
    ['is gone: 610',                     job('poll', 0, open), {}, errors('610', '616'),            madeAgain, []],
    ['is gone: 1013',                    job('poll', 0, open), {}, errors('616', '1013'),           madeAgain, []],
    ['is unfit to be asked about',       job('poll', 0, open), {}, refusal('1011'),                 madeAgain, []],
    ['has its fields told',              job('describe'), {},      told({ fields: ['id', 'email', 'lastName', 'createdAt', 'updatedAt', 7, {}].map((name) => ({ name })) }),
      { phase: 'create', described: true }, [hidden('firstName')]],
    ['has nothing told of its fields',   job('describe'), {},      told({ name: 'x' }),             { phase: 'describe', described: false, ...waits }, []],
    ['may not look up fields',           job('describe'), {},      refusal('603'),                  null, [refused('603')]],
    ['looks up fields later',            job('describe'), {},      refusal('606'),                  { phase: 'describe', tried: { throttle: 1 } }, []]
  ])('%s', (_, one, more, answer, after, problems) => {
    const so = answered(stateOf(one, more), answer)
    const walk = walkIn(so)
    expect(says(so)).toEqual(problems)
    if (after === null) expect(walk).toMatchObject({ rests: true, jobs: [], windows: [one.window] })
    else expect(walk).toMatchObject({ rests: false, windows: [], jobs: [after] })
  })

  it('without records has no file, and is done', () => {
    const so = answered(stateOf(job('poll'), { begunAt: 7 }), told({ status: 'Completed', numberOfRecords: 0 }))
    expect(walkIn(so)).toMatchObject({ rests: true, jobs: [], through: 7 })
  })

  it.each<JobPhase>(['create', 'enqueue', 'poll', 'describe', 'file'])(
    'that is no longer there takes no answer: %s',
    (phase) => {
      const [so, id] = asked(stateOf(job(phase)))
      const bare = { ...so, walks: { w: jobs() } }
      for (const answer of [lost, told({ exportId: 'x', status: 'Failed' }), answerOf('id\n1\n')]) {
        const after = receiveRead(receivePart(bare, id, { status: 200, text: 'id\n1\n' }), id, answer, start)
        expect([after.walks, after.rows, after.problems]).toEqual([{ w: jobs() }, [], []])
      }
    }
  )

  it('that fails leaves the others of its walk as they are', () => {
    const [one, other] = [job('poll', 0), job('poll', day, { notBefore: start + 1 })]
    const state = ready(stateWith({ w: jobs(one, other) }))
    expect(walkIn(answered(state, lost)).jobs[1]).toEqual(other)
    const given = answered(
      ready(stateWith({ w: { ...jobs(other, one), windows: [{ startAt: -day, endAt: 0 }] } })),
      refusal('603')
    )
    expect(walkIn(given).windows.map(({ startAt }) => startAt)).toEqual([-day, 0, day])
  })

  // biome-ignore format: table
  it.each([
    ['that day’s before it', start, 5, 12],
    ['no other day’s',       start - day, 5, 7]
  ])('adds the bytes of its file to those of the day, %s', (_, then, before, after) => {
    const state = { ...stateOf(job('poll')), exported: { day: quotaDayStart(then), bytes: before } }
    const done = told({ status: 'Completed', numberOfRecords: 1, fileSize: 7 })
    expect(answered(state, done).exported).toEqual({ day: quotaDayStart(start), bytes: after })
  })
})

describe('an instance without the filter by change', () => {
  const hour = 3_600_000
  const says1035 =
    'warning leads: found an instance that takes no filter by `updatedAt`; changed leads are found by the feed of changes from now on'

  // biome-ignore format: table
  it.each<[string, Answer, Partial<ExportWalk>, number]>([
    ['what was read',          refusal('1035'),         { through: start, begunAt: 7 },  start - hour],
    ['when it began',          refusal('1035'),         { begunAt: start },              start - hour],
    ['the first of all moments', errors('616', '1035'), { begunAt: 7 },                  0]
  ])('has its leads found by the feed of changes, from %s on', (_, answer, more, since) => {
    const changes = { ...feed, rests: true, token: 'T', tried: { lost: 1 } }
    const state = stateOf(job('create'), { ...updated, windows: [{ startAt: 0, endAt: 1 }], ...more }, { 'feed of changes': changes })
    const so = answered(state, answer)
    expect([so.leadsBy, says(so)]).toEqual(['changes', [says1035]])
    expect(walkIn(so)).toMatchObject({ rests: true, jobs: [], windows: [] })
    expect(so.walks['feed of changes']).toEqual({ ...changes, token: null, since, rests: false, tried: {} })
  })

  it('has none where nobody follows it', () => {
    expect(Object.keys(answered(stateOf(job('create'), updated), refusal('1035')).walks)).toEqual(['w'])
  })
})

const head = 'id,email,firstName,lastName,createdAt,updatedAt\n'
const row = (id: number | string) => `${id},a@corp.test,,,,\n`
const text = head + row(1) + row(2)
const size = text.length
const sum = sha256Hex(text)

const early = 'warning files: found a file that ended early; its rest is asked for'
const altered = 'warning files: found a file that is not what Marketo says; it is fetched afresh'
const noFile = 'warning files: found no file of an extract; it is asked for again'
const html = '<html>\n<p>busy</p>\n'
const part = (body: string, status = 200) => ({ status, headers: {}, body })

const idsIn = ({ rows }: Pick<SourceSync, 'rows'>) => rows.map((one) => one.row.id)

describe('a file', () => {
  const behind = (rows: string, count: number) => ({
    ...waits,
    got: (head + rows).length,
    reading: expect.objectContaining({ rest: '', row: count, bytes: (head + rows).length })
  })
  const afresh = { phase: 'file', reading: null, got: 0, again: 1, tried: {} }

  // biome-ignore format: table
  it.each<[string, Partial<Job>, Told, ReadonlyArray<unknown>, object | null | 'given up', ReadonlyArray<string>]>([
    ['of which nothing is told',        {},                              answerOf(text),            ['1', '2'], null,   []],
    ['as long as is told',              { bytes: size },                 answerOf(text),            ['1', '2'], null,   []],
    ['whose sum is the one told',       { bytes: size, checksum: sum },  answerOf(text),            ['1', '2'], null,   []],
    ['whose sum is another',            { bytes: size, checksum: 'a' },  answerOf(text),            ['1', '2'], afresh, [altered]],
    ['whose sum is another, once more', { bytes: size, checksum: 'a', again: 1 }, answerOf(text),   ['1', '2'], { ...madeAgain, again: 2 }, [altered]],
    ['whose length nobody told',        { checksum: 'a' },               answerOf(text),            ['1', '2'], null,   []],
    ['without its mark',                { bytes: size + 3 },             answerOf(text),            ['1', '2'], null,   []],
    ['whose sum is that with its mark', { bytes: size + 3, checksum: sha256Hex(`\ufeff${text}`) }, answerOf(text), ['1', '2'], null, []],
    ['that lacks its last three bytes', { bytes: size, checksum: sum },  answerOf(text.slice(0, -3)), ['1'], behind(row(1), 1), [early]],
    ['that is too long',                { bytes: size - 1 },             answerOf(text),            ['1', '2'], afresh, [altered]],
    ['that is too short',               { bytes: size + 9 },             answerOf(text),            ['1', '2'], behind(row(1) + row(2), 2), [early]],
    ['that ends within a row',          { bytes: size },                 answerOf(text.slice(0, -4)), ['1'],    behind(row(1), 1), [early]],
    ['that ends without a line',        { bytes: size - 1 },             answerOf(text.slice(0, -1)), ['1', '2'], null, []],
    ['that is a page',                  {},                              answerOf(html),            [],         { ...waits, reading: null, got: 0 }, [noFile]],
    ['that is gone',                    open,                            answerOf('', 404),         [],         madeAgain, []],
    ['that is lost',                    {},                              lost,                      [],         waits,  []],
    ['that is to be had later',         {},                              refusal('606'),            [],         { tried: { throttle: 1 } }, []],
    ['that is told to be queued',       {},                              queuedAlready,             [],         waits,  []],
    ['that nobody may have',            {},                              refusal('603'),            [],         'given up', [refused('603')]],
    ['with a row of other cells',       {},                              answerOf(`${text}3\n`),    ['1', '2'], null,   ['invalid leads[2]: found a row with too few cells, or too many; it is left out: look at the file']],
    ['without a column',                {},                              answerOf('id,email\n1,x\n'), ['1'],    null,
      ['firstName', 'lastName', 'createdAt', 'updatedAt'].map((name) => `warning leads.${name}: found a file without the column; its cells stay empty`)]
  ])('%s', (_, told, answer, ids, after, problems) => {
    const so = answered(stateOf(job('file', 0, told)), answer)
    expect([idsIn(so), says(so)]).toEqual([ids, problems])
    const walk = walkIn(so)
    if (after === null) expect(walk).toMatchObject({ rests: true, jobs: [], windows: [] })
    else if (after === 'given up') expect(walk).toMatchObject({ rests: true, jobs: [], windows: [{ startAt: 0 }] })
    else expect(walk).toMatchObject({ rests: false, jobs: [after] })
  })

  /** Parts of an answer to one call, and the end of it. */
  const inParts = (state: SourceSync, id: string, status: number, ...texts: ReadonlyArray<string>): SourceSync => {
    const read = texts.reduce((so, one) => receivePart(so, id, { status, text: one }), state)
    return receiveRead(read, id, part('', status), start)
  }
  const fileOf = (told: Partial<Job>) => stateOf(job('file', 0, told))

  it('in parts is read as they come, whatever its sum is', () => {
    const [so, id] = asked(fileOf({ bytes: size, checksum: 'a' }))
    const [a, b, c] = [text.slice(0, 9), text.slice(9, 60), text.slice(60)]
    const begun = receivePart(so, id, { status: 200, text: a })
    expect([begun.rows, begun.problems, begun.inFlight[id]?.parts]).toEqual([[], [], 1])
    const after = inParts(so, id, 200, a, b, c)
    expect([idsIn(after), says(after), walkIn(after).jobs]).toEqual([['1', '2'], [], []])
    expect(after.costs.leads).toEqual({ calls: 0, bytes: size, rows: 2 })
  })

  it('in parts without its mark is whole, whatever its sum is', () => {
    const [so, id] = asked(fileOf({ bytes: size + 3, checksum: 'a' }))
    const after = inParts(so, id, 200, text.slice(0, 60), text.slice(60))
    expect([idsIn(after), says(after), walkIn(after).jobs]).toEqual([['1', '2'], [], []])
  })

  it('tells its rows by their numbers in the whole, and what it lacks once', () => {
    const [so, id] = asked(fileOf({}))
    const first = receivePart(so, id, { status: 200, text: 'id,email,firstName,lastName,createdAt\n1,x,,,\n,x,,,\n' })
    expect(says(first).map((line) => line.split(':')[0])).toEqual(['warning leads.updatedAt', 'invalid leads[1].id'])
    const [emptied] = takeRows(first)
    const second = receivePart(emptied, id, { status: 200, text: '3,x,,,\n,x,,,\n5\n' })
    expect(says(second).map((line) => line.split(':')[0])).toEqual(['invalid leads[3].id', 'invalid leads[4]'])
  })

  it.each([
    ['the rest', 206, row(2).slice(3), ['1', '2']],
    ['all of it again', 200, text, ['1', '1', '2']]
  ])('that ended early is read on, where Marketo gives %s', (_, status, rest, ids) => {
    const got = head + row(1)
    const [so, id] = asked(fileOf({ bytes: size }))
    const cut = receiveRead(so, id, part(`${got}2,a`), start)
    const at = unitsIn(cut, start)[0]?.at ?? 0
    const [again, next] = asked(cut, at)
    expect(again.inFlight[next]?.call.descriptor.headers).toEqual({ range: `bytes=${got.length}-` })
    const body = status === 206 ? `2,a${rest}` : rest
    for (const after of [
      receiveRead(again, next, part(body, status), at),
      inParts(again, next, status, body.slice(0, 30), body.slice(30))
    ]) {
      expect([idsIn(after), walkIn(after).jobs, says(after)]).toEqual([ids, [], [early]])
    }
  })

  it('whose rest came is not held against the sum of the whole', () => {
    const rest = row(2)
    const got = head + row(1)
    const [so, id] = asked(fileOf({ bytes: size, checksum: 'a' }))
    const cut = receiveRead(so, id, part(got), start)
    const at = unitsIn(cut, start)[0]?.at ?? 0
    const [again, next] = asked(cut, at)
    expect(walkIn(receiveRead(again, next, part(rest, 206), at)).jobs).toEqual([])
  })

  it('that is no file in its parts is asked for again, from the start', () => {
    const [so, id] = asked(fileOf({}))
    const after = inParts(so, id, 200, html, html, `${row(1)}${row(2)}`)
    expect([after.rows, says(after)]).toEqual([[], [noFile]])
    expect(walkIn(after).jobs).toMatchObject([{ reading: null, got: 0, ...waits }])
  })

  it('of activities is read as activities', () => {
    const columns = 'marketoGUID,leadId,activityDate,activityTypeId,attributes\n'
    const state = stateOf(job('file'), { of: 'activities' })
    const after = answered(state, answerOf(`${columns}g,7,2024-05-01T10:00:00Z,1,{}\n`))
    expect(after.rows.map(({ collection, row: one }) => [collection, one.lead_id])).toEqual([['lead_activities', '7']])
    const short = answered(state, answerOf('leadId,activityTypeId\n'))
    expect(says(short).map((line) => line.split(':')[0])).toEqual(
      ['marketoGUID', 'activityDate', 'attributes'].map((name) => `warning lead_activities.${name}`)
    )
  })
})
