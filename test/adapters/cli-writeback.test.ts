import { describe, expect, it } from 'vitest'
import { ndjson, parsed, runInMemory } from './cli-world.js'

const settings = JSON.stringify({ munchkinId: '561-HYG-937' })
const activity = { marketoGUID: '7', leadId: 42, activityTypeId: 24, activityDate: '2024-05-01T10:00:00Z' }
const files = {
  's.json': settings,
  'wrong.json': '{"munchkinId":"x"}',
  'known.json': JSON.stringify({ leads: { 42: { userId: 'u1' } } }),
  'list.json': '[]',
  'a.ndjson': `${ndjson([activity, { ...activity, marketoGUID: '8', activityTypeId: 13 }, { ...activity, leadId: null }])}{\n`,
  'a.csv':
    'marketoGUID,leadId,activityTypeId,activityDate\n1,42,24,2024-05-01T10:00:00Z\nshort\n2,43,25,2024-05-01T10:00:00Z\nlonger,1,2,3,4\n',
  'b.csv': 'email,firstName\na@example.com,Ana\n'
}

describe('writeback', () => {
  it('writes an event a line, and says why others are none', async () => {
    const { out, err, code } = await runInMemory(['writeback', 'a.ndjson', '-s', 's.json', '--context', 'known.json'], {
      files
    })
    expect(parsed(out)).toMatchObject([
      { type: 'track', event: 'Lead Added to List', userId: 'u1', messageId: 'mkto:561-HYG-937:7' }
    ])
    expect(err.split('\n')).toEqual([
      'line 2: activityTypeId: no row maps the event "Change Data Value"; give the type a row in `events` [skipped]',
      'line 3: leadId: is missing; an activity is of a lead: leave none of the columns out [invalid]',
      expect.stringMatching(/^line 4: .*\[unreadable\]$/),
      '3 activities: 1 events, 1 skipped, 1 invalid, 1 unreadable',
      ''
    ])
    expect(code).toBe(1)
  })

  it('reads a file of the bulk extract, broken rows told by number', async () => {
    const { out, err, code } = await runInMemory(['writeback', 'a.csv', '-s', 's.json', '--exit-zero'], { files })
    expect(parsed(out)).toMatchObject([{ event: 'Lead Added to List' }, { event: 'Lead Removed from List' }])
    expect(err).toBe(
      'row 2: has more cells than there are columns, or fewer, and was skipped [unreadable]\n' +
        'row 4: has more cells than there are columns, or fewer, and was skipped [unreadable]\n' +
        '2 activities: 2 events, 0 skipped, 0 invalid, 2 unreadable\n'
    )
    expect(code).toBe(0)
    const piped = await runInMemory(['writeback', '--csv', '-s', 's.json'], {
      files: { ...files, '-': files['a.csv'] }
    })
    expect([piped.out, piped.code]).toEqual([out, 1])
  })

  it('writes batches without a key, no more than 2,500 events in one', async () => {
    const many = ndjson(Array.from({ length: 2_501 }, (_, i) => ({ ...activity, marketoGUID: String(i) })))
    const words = ['writeback', 'm', '-s', 's.json', '--as', 'batches', '--region', 'eu']
    const { out, code } = await runInMemory(words, { files: { ...files, m: many } })
    const batches = parsed(out).map((one) => Object(one))
    for (const { host, auth } of batches) expect([host, auth]).toEqual(['events.eu1.segmentapis.com', 'write-key'])
    expect(batches.flatMap(({ body }) => body.json.batch)).toHaveLength(2_501)
    expect(code).toBe(0)
  })

  // biome-ignore format: table
  it.each([
    [['writeback', 'a.ndjson'],                                       "error: say with '--settings <file>'"],
    [['writeback', 'a.ndjson', '-s', 'wrong.json'],                   'these settings cannot be used'],
    [['writeback', 'nothing', '-s', 's.json'],                        'there is no such file'],
    [['writeback', 'a.ndjson', '-s', 's.json', '--context', 'list.json'], 'expected an object with leads, emails and campaigns'],
    [['writeback', 'b.csv', '-s', 's.json'],                          'it has no column leadId'],
    [['writeback', 'a.ndjson', '-s', 's.json', '--as', 'csv'],        'Allowed choices are events, batches']
  ])('refuses %j', async (words, says) => {
    const { err, code } = await runInMemory(words, { files })
    expect(err).toContain(says)
    expect(code).toBe(2)
  })
})
