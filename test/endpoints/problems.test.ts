/**
 * Every sentence that an endpoint can say of an intent which it cannot send: place, finding, mending.
 *
 * @module
 */
import { describe, expect, it } from 'vitest'
import { described, newDraft } from '../../src/endpoints/batch.js'
import {
  describeAddCustomActivities,
  describeAssociateLead,
  describeGetLeads,
  describeSteps,
  describeSubmitForm,
  describeSyncLeads,
  describeVisitWebPage,
  fillSlots
} from '../../src/endpoints/index.js'
import { describeProblem } from '../../src/ground/problem.js'
import type { Described, HttpRequest } from '../../src/intent/descriptor.js'
import type { AddCustomActivity, AssociateCookie, SubmitForm, UpsertLead, VisitPage } from '../../src/intent/intent.js'
import { hyg, ok, onlyCall, problemsOf } from './reading.js'

const lead = { lookupField: 'email', value: 'a@x' }

const upsert = (changes: Partial<UpsertLead>): Described<HttpRequest> =>
  describeSyncLeads([
    {
      _tag: 'UpsertLead',
      munchkinId: hyg,
      lead,
      fields: { email: 'a@x' },
      action: 'updateOnly',
      partitionName: null,
      ...changes
    }
  ])

const anActivity: AddCustomActivity = {
  _tag: 'AddCustomActivity',
  munchkinId: hyg,
  lead,
  activityTypeId: 100001,
  activityDate: '2024-05-01T10:00:00Z',
  primaryAttributeValue: 'p',
  attributes: []
}
const activity = (changes: Partial<AddCustomActivity>, leadId = 7): Described<HttpRequest> =>
  describeAddCustomActivities([{ intent: { ...anActivity, ...changes }, lead: { leadId } }])

const aCookie: AssociateCookie = { _tag: 'AssociateCookie', munchkinId: hyg, lead, visitor: { _tag: 'Derived' } }
const associate = (cookie: string): Described<HttpRequest> =>
  describeAssociateLead([{ intent: { ...aCookie, visitor: { _tag: 'Cookie', cookie } }, lead: { leadId: 7 } }])

const form = (changes: Partial<SubmitForm>): Described<HttpRequest> =>
  describeSubmitForm([
    {
      _tag: 'SubmitForm',
      munchkinId: hyg,
      lead,
      formId: 1,
      fields: { email: 'a@x' },
      cookie: null,
      page: null,
      userAgent: null,
      ip: null,
      ...changes
    }
  ])

const page = { origin: 'https://x.test', path: '/', params: '', fragment: '' }
const visit = (changes: Partial<VisitPage>): Described<HttpRequest> =>
  describeVisitWebPage(
    [
      {
        _tag: 'VisitPage',
        munchkinId: hyg,
        lead,
        visitor: { _tag: 'Derived' },
        page,
        referrer: '',
        userAgent: 'Mozilla/5.0',
        ip: null,
        at: 0,
        ...changes
      }
    ],
    { forwardIp: true }
  )

const ask = (value: string | number, lookupField = 'email'): Described<HttpRequest> =>
  describeGetLeads([{ munchkinId: hyg, lead: { lookupField, value } }])

const huge = 'v'.repeat(1_000_001)
const foreign = 'id:123-ABC-456&token:_mch-example.com-1374552656411-90718'

describe('what an endpoint says of an intent that it cannot send', () => {
  it.each<[Described<HttpRequest>, string]>([
    [upsert({ fields: {} }), 'fields.email: is missing; every record carries the field that it is looked up by'],
    [
      upsert({ fields: { email: 'a@x', id: 7 } }),
      'fields.id: claims the same place as lead.lookupField; Marketo takes the number of a lead only as lookup field, and only with updateOnly'
    ],
    [
      upsert({ lead: { lookupField: 'id', value: 7 }, fields: { id: 7 }, action: 'createOrUpdate' }),
      'fields.id: claims the same place as action; Marketo takes the number of a lead only as lookup field, and only with updateOnly'
    ],
    [
      upsert({ lead: { lookupField: 'id', value: 0 }, fields: { id: 0 } }),
      'fields.id: found a number; a lead has a whole number above zero'
    ],
    [
      upsert({ fields: { email: 'a@x', title: Number.NaN } }),
      'fields.title: found a number that is not finite; send text, a finite number, a boolean or null'
    ],
    [
      upsert({ fields: { email: 'a@x', title: huge } }),
      '(whole value): found a record that alone fills more than one request; Marketo takes 1000000 bytes at once: shorten its values'
    ],
    [activity({}, 0), 'leadId: found a number; a lead has a whole number above zero'],
    [
      activity({ activityTypeId: 0.5 }),
      'activityTypeId: found a number; an activity type has a whole number above zero'
    ],
    [
      activity({ attributes: [{ apiName: 'a', value: Number.NaN }] }),
      'attributes[0].value: found a number that is not finite; send text, a finite number, a boolean or null'
    ],
    [
      activity({ attributes: [{ apiName: 'a', value: huge }] }),
      'attributes: found attributes of too many bytes; Marketo takes 65536 bytes of attributes: shorten or leave out some'
    ],
    [
      associate('x'),
      'visitor.cookie: found text; send the value of _mkto_trk as the browser has it, or leave it out to have one made from the lead key'
    ],
    [
      associate(foreign),
      'visitor.cookie: claims the same place as munchkinId; another Marketo instance set this cookie'
    ],
    [form({ fields: {} }), 'fields.email: is missing; Marketo finds the lead of a form by its email'],
    [form({ fields: { email: 7 } }), 'fields.email: found a number; send the email as text'],
    [form({ formId: 0 }), 'formId: found a number; a form has a whole number above zero'],
    [visit({ userAgent: '' }), "userAgent: is missing; send the visitor's user agent as context.userAgent"],
    [
      visit({ userAgent: '\n.' }),
      'userAgent: found text that no header can hold; send printable Latin-1 text on one line'
    ],
    [visit({ ip: 'x' }), 'ip: found text; send an IPv4 or IPv6 address'],
    [visit({ at: 0.5 }), 'at: found a number; send whole milliseconds'],
    [
      visit({ page: { ...page, origin: null } }),
      'page.origin: is missing; a beacon names the host of the page: send an absolute URL, or set an origin for pages'
    ],
    [
      visit({ page: { ...page, origin: 'file://' } }),
      'page.origin: found text; only pages of http and https can be visited'
    ],
    [visit({ referrer: '\ud83d' }), 'page: found text with half a surrogate pair; send well-formed text'],
    [
      visit({ referrer: huge }),
      "page: found an address too long for a URL; Marketo takes URLs of 8000 bytes: shorten the page's address or its referrer"
    ],
    [ask(''), 'lead.value: found empty text; a filter needs a value to look for'],
    [
      ask('a,b'),
      'lead.value: found text with a comma; Marketo separates filter values by commas: use a key without one'
    ],
    [ask('\ud83d'), 'lead.value: found text with half a surrogate pair; send well-formed text'],
    [ask(Number.NaN), 'lead.value: found a number that is not finite; send text or a finite number'],
    [
      ask(huge),
      'lead.value: found a value that alone fills more than one request; Marketo takes 1000000 bytes at once'
    ],
    [ask('a', ' '), 'lead.lookupField: found blank text; a filter needs a value to look for'],
    [
      describeSteps([{ _tag: 'StartInBrowser', munchkinId: hyg, options: {}, form: null }]),
      '_tag: kept back by rule (mode); this intent runs in a browser: describeInBrowser says how'
    ],
    [described(newDraft()), '(whole value): found an empty batch; describe one intent or more']
  ])('number %#', (made, line) => {
    expect(problemsOf(made).map(describeProblem)).toEqual([line])
  })

  const call = onlyCall(describeAssociateLead([{ intent: aCookie, lead: { step: 0, pick: ['result', 0, 'id'] } }]))

  it('and of a slot that cannot be filled', () => {
    const untold =
      "the answer to call 0 should tell the lead's number at result[0].id: that lead was not found or not written"
    const said = (answers: Parameters<typeof fillSlots>[1], slots = call.slots) => {
      const filled = fillSlots({ ...call, slots }, answers)
      return filled._tag === 'Left' ? describeProblem(filled.left) : 'filled'
    }
    expect(said([])).toBe(`path[3]: is missing; ${untold}`)
    expect(said([ok({ result: [{ id: 'x' }] })])).toBe(`path[3]: found text; ${untold}`)
    expect(said([ok({ result: [{ id: 7 }] })])).toBe('filled')
    expect(said([ok({ result: [{ id: 7 }] })], [{ at: ['path', 0], step: 0, pick: ['result', 0, 'id'] }])).toBe(
      'path[0]: found no empty place; slots belong to the descriptor that they were described with'
    )
  })

  it('weighs each as the loss of the intent', () => {
    const weights = [
      upsert({ fields: {} }),
      activity({}, 0),
      associate('x'),
      form({ formId: 0 }),
      visit({ at: 0.5 }),
      ask('')
    ]
    expect(weights.flatMap(problemsOf).map(({ weight }) => weight)).toEqual(weights.map(() => 'invalid'))
  })
})
