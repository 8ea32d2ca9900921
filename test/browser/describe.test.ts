import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeInBrowser } from '../../src/browser/describe.js'
import { browserIntent } from '../arbitraries/intents.js'
import { frozen, hyg } from '../endpoints/reading.js'

const call = (descriptor: object) => ({
  descriptor: { ...descriptor, lifecycle: { status: 'live' } },
  intents: [0],
  slots: []
})

describe('in the browser', () => {
  it('starting is init with its options (Segment’s own: asyncOnly)', () => {
    expect(
      describeInBrowser({ _tag: 'StartInBrowser', munchkinId: hyg, options: { asyncOnly: true }, form: null })
    ).toEqual([call({ _tag: 'MunchkinCall', function: 'init', args: ['561-HYG-937', { asyncOnly: true }] })])
  })

  it('starting with a form loads it after init', () => {
    const form = { formId: 1001, hostUrl: '//app-ab00.marketo.com' }
    expect(describeInBrowser({ _tag: 'StartInBrowser', munchkinId: hyg, options: {}, form })).toEqual([
      call({ _tag: 'MunchkinCall', function: 'init', args: ['561-HYG-937', {}] }),
      call({ _tag: 'HiddenForm', munchkinId: '561-HYG-937', formId: 1001, does: { load: '//app-ab00.marketo.com' } })
    ])
  })

  it.each([
    ['https://shop.test/a?b=1&c=2#h', 'b=1&c=2'],
    ['/relative/path?x=1', 'x=1'],
    ['', '']
  ])('a visit of %j passes url and params as they are', (url, params) => {
    expect(describeInBrowser({ _tag: 'VisitPageInBrowser', munchkinId: hyg, url, params })).toEqual([
      call({ _tag: 'MunchkinCall', function: 'munchkinFunction', args: ['visitWebPage', { url, params }] })
    ])
  })

  it('a visit without a url has none: Segment’s own code hands over undefined', () => {
    expect(describeInBrowser({ _tag: 'VisitPageInBrowser', munchkinId: hyg, url: null, params: '' })).toEqual([
      call({ _tag: 'MunchkinCall', function: 'munchkinFunction', args: ['visitWebPage', { params: '' }] })
    ])
  })

  const retired = { status: 'retired', since: '2021-10', insteadUse: 'submitForm' }
  const fields = { Email: 'ana@example.com', Company: { name: 'Acme' } }

  it('associateLead, signed already, is one call to a route that is switched off', () => {
    const signature = { _tag: 'Signed', signature: '6cf6ee588c0268fa802c6e32a21b902ef5ff1896' } as const
    expect(describeInBrowser({ _tag: 'AssociateLeadInBrowser', munchkinId: hyg, fields, signature })).toEqual([
      {
        descriptor: {
          _tag: 'MunchkinCall',
          function: 'munchkinFunction',
          args: ['associateLead', fields, signature.signature],
          lifecycle: retired
        },
        intents: [0],
        slots: []
      }
    ])
  })

  it('else the signer is asked first, and a slot says where its answer belongs', () => {
    const path = ['integrations', 'marketo', 'v1', 'p1', 'ana@example.com', 'hash']
    const signature = { _tag: 'AskSigner', origin: 'https://sign.example.com', path } as const
    expect(describeInBrowser({ _tag: 'AssociateLeadInBrowser', munchkinId: hyg, fields, signature })).toEqual([
      {
        descriptor: { _tag: 'SignerRequest', origin: 'https://sign.example.com', path, lifecycle: retired },
        intents: [0],
        slots: []
      },
      {
        descriptor: {
          _tag: 'MunchkinCall',
          function: 'munchkinFunction',
          args: ['associateLead', fields, ''],
          lifecycle: retired
        },
        intents: [0],
        slots: [{ at: ['args', 2], step: 0, pick: ['hash'] }]
      }
    ])
  })

  it('a form is filled in and submitted, under SOAP names', () => {
    const fields = { Email: 'ana@example.com', DateofBirth: '1990-03-04', plan__c: null }
    expect(describeInBrowser({ _tag: 'SubmitFormInBrowser', munchkinId: hyg, formId: 1001, fields })).toEqual([
      call({ _tag: 'HiddenForm', munchkinId: '561-HYG-937', formId: 1001, does: { submit: fields } })
    ])
  })

  it('P1 P2 P4 U3 whatever the intent holds, only arguments hold it', () => {
    const names: ReadonlyArray<unknown> = ['init', 'munchkinFunction', undefined]
    fc.assert(
      fc.property(browserIntent, (intent) => {
        const calls = describeInBrowser(frozen(intent))
        expect(describeInBrowser(intent)).toEqual(calls)
        expect(JSON.parse(JSON.stringify(calls))).toStrictEqual(calls)
        for (const { descriptor, intents } of calls) {
          expect(intents).toEqual([0])
          expect(names).toContain(descriptor._tag === 'MunchkinCall' ? descriptor.function : undefined)
        }
      })
    )
  })
})
