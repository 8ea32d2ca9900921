import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCurl, toFetch } from '../../src/adapters/fetch/index.js'
import {
  describeAddCustomActivities,
  describeAssociateLead,
  describeIdentityToken,
  describeSteps,
  signSoap
} from '../../src/endpoints/index.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { KeyedIntent } from '../../src/intent/intent.js'
import { anyText, serverIntent, trap } from '../arbitraries/intents.js'
import { batchOf, callsOf, hyg, onlyCall } from '../endpoints/reading.js'

const env = {
  MARKETO_TOKEN: 'the $token',
  MARKETO_CLIENT_ID: 'the-id',
  MARKETO_CLIENT_SECRET: 'the-secret',
  STEP_0_RESULT_0_ID: '1042',
  STEP_0_RESULT_1_ID: '1043'
}

/** Lines in scripts that are short enough to be one argument of a program. */
const scripts = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const done: Array<string> = []
  for (const line of lines) {
    const last = done[done.length - 1]
    if (last !== undefined && last.length + line.length < 30_000) done[done.length - 1] = `${last}\n${line}`
    else done.push(`curl() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${line}`)
  }
  return done
}

/** The words that bash hands to curl for each line; curl is a function that prints them, so nothing is sent. */
const wordsOf = (lines: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  scripts(lines).flatMap((script) => {
    const ran = spawnSync('bash', ['-c', script], { env: { ...process.env, ...env }, encoding: 'utf8' })
    expect([ran.stderr, ran.status]).toEqual(['', 0])
    const found = ran.stdout.split('\u0001\u0000').slice(0, -1)
    return found.map((words) => words.split('\u0000').slice(0, -1))
  })

/** The words that a request should come to: those of toFetch, with the shell's variables for credentials. */
const expectedOf = (request: HttpRequest): ReadonlyArray<string> => {
  const { MARKETO_TOKEN, MARKETO_CLIENT_ID, MARKETO_CLIENT_SECRET } = env
  const credentials = { accessToken: MARKETO_TOKEN, clientId: MARKETO_CLIENT_ID, clientSecret: MARKETO_CLIENT_SECRET }
  // Curl prints a SOAP message as it stands; toFetch would sign it.
  const auth = request.auth === 'soap-signature' ? 'none' : request.auth
  const [url, { method, headers, body }] = toFetch(credentials)({ ...request, auth })
  const { Authorization, ...rest } = headers
  const lines = [...(Authorization === undefined ? [] : [['Authorization', Authorization]]), ...Object.entries(rest)]
  return [
    ...(method === 'GET' ? [] : ['--request', method]),
    ...lines.flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(body === undefined ? [] : ['--data-raw', body]),
    url
  ]
}

/** Bash passes bytes on; half a surrogate pair has none of its own. */
const asBytes = (text: string): string => text.replace(/[\ud800-\udfff]/gu, '\ufffd')

describe('toCurl in a shell', () => {
  it('U3 hands curl the very words of the request, one line for each, whatever the event holds', () => {
    const lines: Array<string> = []
    const expected: Array<ReadonlyArray<string>> = []
    const sendable = ({ slots }: Call<HttpRequest>) => slots.length === 0
    fc.assert(
      fc.property(batchOf(serverIntent, 6), (batch) => {
        for (const { descriptor } of callsOf(describeSteps(batch)).filter(sendable)) {
          lines.push(toCurl(descriptor))
          expected.push(expectedOf(descriptor).map(asBytes))
        }
      })
    )
    for (const line of lines) expect(line).not.toMatch(/[\r\n]/)
    expect(wordsOf(lines)).toEqual(expected)
  })

  it('U3 quotes headers, text bodies and form values alike, line breaks included', () => {
    const hostile = fc
      .oneof(trap, anyText, fc.constantFrom("a\nb'c", '\u001b[31m', "\\'", "\\n'\n", 'x\u0001f', 'x\u007fa'))
      .filter(
        // No shell word can hold the character 0, and 1 is what the stub ends a command with.
        (text) => !text.includes('\u0000') && !text.includes('\u0001')
      )
    const lines: Array<string> = []
    const expected: Array<ReadonlyArray<string>> = []
    fc.assert(
      fc.property(hostile, hostile, hostile, (header, text, value) => {
        const request: HttpRequest = {
          ...describeIdentityToken(hyg).descriptor,
          method: 'POST',
          query: [['q', value]],
          headers: { 'User-Agent': header },
          body: { text, type: 'text/plain' },
          auth: 'user-token'
        }
        lines.push(toCurl(request))
        const [url] = toFetch({ accessToken: 'x' })(request)
        expected.push(
          [
            '--request',
            'POST',
            '--header',
            `X-Mkto-User-Token: ${env.MARKETO_TOKEN}`,
            '--header',
            `User-Agent: ${header}`,
            '--header',
            'Content-Type: text/plain',
            '--data-raw',
            text,
            url
          ].map(asBytes)
        )
      })
    )
    for (const line of lines) expect(line).not.toMatch(/[\r\n]/)
    expect(wordsOf(lines)).toEqual(expected)
  })

  it('prints a multipart body on one line', () => {
    const request: HttpRequest = {
      ...describeIdentityToken(hyg).descriptor,
      method: 'POST',
      auth: 'bearer',
      body: { multipart: [{ name: 'file', text: 'a\nb', fileName: 'x.csv', contentType: 'text/csv' }] }
    }
    expect(toCurl(request)).not.toMatch(/[\r\n]/)
    expect(wordsOf([toCurl(request)])).toEqual([expectedOf(request)])
  })
})

const email = { lookupField: 'email', value: "o'brien@example.com" }
const activity = (primaryAttributeValue: string): Extract<KeyedIntent, { _tag: 'AddCustomActivity' }> => ({
  _tag: 'AddCustomActivity',
  munchkinId: hyg,
  lead: email,
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue,
  attributes: []
})

describe('toCurl', () => {
  it('S3 masks the client’s credentials', () => {
    expect(toCurl(describeIdentityToken(hyg).descriptor)).toBe(
      "curl 'https://561-HYG-937.mktorest.com/identity/oauth/token?grant_type=client_credentials&client_id='" +
        `"$MARKETO_CLIENT_ID"'&client_secret='"$MARKETO_CLIENT_SECRET"`
    )
    const bare = { ...describeIdentityToken(hyg).descriptor, query: [] }
    expect(toCurl(bare)).toContain("/identity/oauth/token?client_id='")
  })

  it('S3 masks the token, and quotes the rest', () => {
    const upsert: KeyedIntent = {
      _tag: 'UpsertLead',
      munchkinId: hyg,
      lead: email,
      fields: { email: email.value },
      action: 'createOrUpdate',
      partitionName: null
    }
    expect(toCurl(onlyCall(describeSteps([upsert])).descriptor)).toBe(
      `curl --request POST --header 'Authorization: Bearer '"$MARKETO_TOKEN" --header 'Content-Type: application/json' --data-raw ` +
        `'{"action":"createOrUpdate","lookupField":"email","input":[{"email":"o'\\''brien@example.com"}]}' ` +
        `'https://561-HYG-937.mktorest.com/rest/v1/leads.json'`
    )
  })

  it('S3 prints a SOAP message without a signature, and a signed one as it stands', () => {
    const { descriptor } = onlyCall(
      describeSteps([
        {
          _tag: 'SyncLeadOverSoap',
          munchkinId: hyg,
          lead: email,
          email: email.value,
          attributes: { FirstName: "O'Brien" },
          cookie: null
        }
      ])
    )
    const line = toCurl(descriptor)
    expect(line).toContain(`--header 'SOAPAction: "http://www.marketo.com/mktows/syncLead"'`)
    expect(line).toContain("--header 'Content-Type: text/xml; charset=utf-8'")
    expect(line).toContain('<SOAP-ENV:Header></SOAP-ENV:Header>')
    expect(line).not.toContain('$')
    const signed = toCurl(signSoap({ userId: 'user', encryptionKey: 'hush' }, 0)(descriptor))
    expect(signed).toContain('<SOAP-ENV:Header><ns1:AuthenticationHeader><mktowsUserId>user</mktowsUserId>')
    expect(signed).not.toContain('hush')
  })

  it('writes an empty place as a variable named after the answer that fills it', () => {
    const activities = describeAddCustomActivities([
      { intent: activity('a'), lead: { step: 0, pick: ['result', 0, 'id'] } },
      { intent: activity('b'), lead: { leadId: 7 } },
      { intent: activity('c'), lead: { step: 0, pick: ['result', 1, 'id'] } }
    ])
    const { descriptor, slots } = onlyCall(activities)
    const line = toCurl(descriptor, slots)
    expect(line).toContain(`{"leadId":'"$STEP_0_RESULT_0_ID"',"activityDate"`)
    const [words = []] = wordsOf([line])
    const sent = JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '')
    expect(sent).toMatchObject({
      input: [
        { leadId: 1042, primaryAttributeValue: 'a' },
        { leadId: 7, primaryAttributeValue: 'b' },
        { leadId: 1043, primaryAttributeValue: 'c' }
      ]
    })
  })

  it('writes one in a path likewise', () => {
    const visitor = { _tag: 'Derived' } as const
    const associate = { _tag: 'AssociateCookie', munchkinId: hyg, lead: email, visitor } as const
    const { descriptor, slots } = onlyCall(
      describeAssociateLead([{ intent: associate, lead: { step: 0, pick: ['result', 0, 'id'] } }])
    )
    const line = toCurl(descriptor, slots)
    expect(line).toContain(`/rest/v1/leads/'"$STEP_0_RESULT_0_ID"'/associate.json?cookie=`)
    expect(line).toContain("--data-raw ''")
    expect(wordsOf([line])[0]?.at(-1)).toMatch(
      /^https:\/\/561-HYG-937\.mktorest\.com\/rest\/v1\/leads\/1042\/associate\.json\?cookie=id%3A/
    )
  })

  it('is not fooled by an event that holds the number which stands in for a variable', () => {
    const digits = '9007199254740991 9007199254740990'
    const { descriptor, slots } = onlyCall(
      describeAddCustomActivities([{ intent: activity(digits), lead: { step: 0, pick: ['result', 0, 'id'] } }])
    )
    const line = toCurl(descriptor, slots)
    expect(line.match(/\$STEP_0_RESULT_0_ID/g)).toHaveLength(1)
    const [words = []] = wordsOf([line])
    expect(JSON.parse(words[words.indexOf('--data-raw') + 1] ?? '')).toMatchObject({
      input: [{ leadId: 1042, primaryAttributeValue: digits }]
    })
  })

  it('leaves a slot that fits no empty place alone', () => {
    const { descriptor } = describeIdentityToken(hyg)
    expect(toCurl(descriptor, [{ at: ['path', 0], step: 0, pick: ['x'] }])).toBe(toCurl(descriptor))
  })
})
