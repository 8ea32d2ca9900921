import { describe, expect, it } from 'vitest'
import { fromElsewhere, loaded } from './sandbox.js'

const activity = {
  marketoGUID: '880011',
  leadId: 204_417,
  activityTypeId: 11,
  activityDate: '2026-05-01T10:00:00Z',
  primaryAttributeValueId: 2290,
  primaryAttributeValue: 'Welcome'
}
const lead = { userId: 'u_9137', email: 'ana@corp.test' }
const own = { munchkinId: '561-HYG-937' }

interface Posted {
  readonly calls: ReadonlyArray<Record<string, unknown>>
  readonly error: { readonly name: string; readonly message: string } | undefined
  readonly logged: ReadonlyArray<string>
}

/** What the function makes of a body. */
const posted = async (
  body: unknown,
  settings: unknown = own,
  headers: Record<string, string> = {}
): Promise<Posted> => {
  const calls: Array<Record<string, unknown>> = []
  const logged: Array<string> = []
  const globals = {
    Segment: { track: (call: object) => calls.push(JSON.parse(JSON.stringify(call))) },
    console: { log: (text: string) => logged.push(text) }
  }
  const handlers = await loaded('source', { globals })
  const request = {
    headers: new Headers(headers),
    json: () => (body === undefined ? JSON.parse('{') : fromElsewhere(body))
  }
  try {
    await handlers.get('onRequest')?.(request, fromElsewhere(settings))
    return { calls, logged, error: undefined }
  } catch (error) {
    return { calls, logged, error: { name: String(Object(error).name), message: String(Object(error).message) } }
  }
}

const onlyCall = async (body: unknown, settings: unknown = own) => {
  const { calls, error } = await posted(body, settings)
  expect([error, calls.length]).toEqual([undefined, 1])
  return calls[0]
}

describe('the source function', () => {
  it('has one handler', async () => {
    expect([...(await loaded('source')).keys()]).toEqual(['onRequest'])
  })

  it('makes a webhook an event, with its own message id and time', async () => {
    const call = await onlyCall({ ...activity, lead })
    expect(call).toMatchObject({
      event: 'Email Link Clicked',
      userId: 'u_9137',
      messageId: 'mkto:561-HYG-937:880011',
      timestamp: '2026-05-01T10:00:00.000Z',
      properties: { lead_id: '204417' }
    })
    expect(call).not.toHaveProperty('type')
  })

  it('makes the same event of activities that are pushed with what was looked up', async () => {
    const pushed = { activities: [activity], leads: { 204417: lead } }
    const single = await onlyCall({ ...activity, lead })
    expect(await onlyCall(pushed)).toEqual(single)
    expect((await posted([pushed, { ...activity, lead }])).calls).toEqual([single, single])
  })

  it('always names somebody', async () => {
    expect(await onlyCall(activity)).toHaveProperty('anonymousId')
  })

  it('takes a time without a zone only where the settings name the offset', async () => {
    const local = { ...activity, activityDate: '2026-05-01 05:00:00', lead }
    expect(await onlyCall(local, { ...own, utcOffset: '-05:00' })).toHaveProperty(
      'timestamp',
      '2026-05-01T10:00:00.000Z'
    )
    const { error } = await posted(local)
    expect(error).toEqual({
      name: 'InvalidEventPayload',
      message: 'activityDate: found no moment with a zone; pass the time on as Marketo writes it'
    })
  })

  it('takes the time of the request where the activity has none', async () => {
    const { activityDate: _, ...timeless } = activity
    const call = await onlyCall(timeless)
    expect(Math.abs(Date.parse(String(call?.timestamp)) - Date.now())).toBeLessThan(60_000)
  })

  it('hands over what is good, and logs the rest without a value', async () => {
    const { calls, logged, error } = await posted([
      { ...activity, lead },
      { ...activity, leadId: null, note: 'm4rked' }
    ])
    expect([calls.length, error]).toEqual([1, undefined])
    expect(logged).toEqual(['left out: leadId: is missing; an activity is of a lead: leave none of the columns out'])
  })

  it('leaves out what a rule leaves out, and says nothing of it', async () => {
    expect(await posted({ ...activity, activityTypeId: 12 })).toEqual({ calls: [], logged: [], error: undefined })
  })

  it.each([
    ['no JSON', undefined, own, 'InvalidEventPayload', /^body: holds no JSON/],
    ['no activity', 17, own, 'InvalidEventPayload', /pass an activity on/],
    ['wrong settings', activity, { munchkinId: 'x' }, 'ValidationError', /^settings: munchkinId/],
    ['no secret', activity, { ...own, webhookSecret: 's3cr3t' }, 'ValidationError', /^X-Webhook-Secret: /]
  ])('refuses a request with %s', async (_, body, settings, name, message) => {
    const { error, calls } = await posted(body, settings)
    expect([error?.name, calls]).toEqual([name, []])
    expect(error?.message).toMatch(message)
    expect(error?.message).not.toContain('s3cr3t')
  })

  it('takes a request that bears the secret, and settings that are texts', async () => {
    const settings = { ...own, webhookSecret: 's3cr3t', activityTypeIds: '[11]', dropBots: 'true', events: '' }
    expect((await posted(activity, settings, { 'X-Webhook-Secret': 's3cr3t' })).calls.length).toBe(1)
  })
})
