/**
 * The calls of an event, readable: HTTP requests, and what Munchkin and a hidden form are told in a page.
 *
 *     POST  561-HYG-937.mktorest.com /rest/v1/leads.json     bearer
 *           query   …
 *           body    { … }
 *           filled  input[0].leadId ← result[0].id of step 1
 *
 * @module
 */

import { printable } from '../../../src/adapters/cli/text/printable.js'
import { bodyText } from '../../../src/endpoints/body-text.js'
import { hostName } from '../../../src/endpoints/request-uri.js'
import { printPath } from '../../../src/ground/path.js'
import type { Call, Descriptor, HttpRequest, Lifecycle, Slot } from '../../../src/intent/descriptor.js'
import type { EventResult } from '../model/results.js'
import { type Child, code, h } from './dom.js'

const retiredText = (lifecycle: Lifecycle): string | null => {
  if (lifecycle.status === 'retired')
    return `Switched off by the vendor since ${lifecycle.since}. Instead: ${lifecycle.insteadUse}.`
  return lifecycle.status === 'superseded' ? `Superseded. Instead: ${lifecycle.insteadUse}.` : null
}

const authWords: Readonly<Record<HttpRequest['auth'], string>> = {
  none: 'no credential',
  bearer: 'needs an access token',
  'user-token': 'needs an access token, in a header of its own',
  'client-credentials': 'needs client id and secret',
  'soap-signature': 'needs a SOAP signature'
}

const rows = (pairs: ReadonlyArray<readonly [string, Child]>): HTMLElement =>
  h('dl', { class: 'facts' }, ...pairs.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]))

const bodyOf = ({ body }: HttpRequest): string | null => {
  if (body === null) return null
  const text = 'json' in body ? JSON.stringify(body.json, null, 2) : printableLines(bodyText(body).text)
  return text === '' ? null : text
}

const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

const slotText = ({ at, step, pick }: Slot): string => {
  const place = at[0] === 'path' ? 'the part in braces' : printPath(at)
  return `${place}, from the answer to step ${step}: ${printPath(pick)}`
}

/** The path, with what an earlier answer fills in between braces. */
const pathText = (path: ReadonlyArray<string>, slots: ReadonlyArray<Slot>): string => {
  const holes = new Map(
    slots.flatMap(({ at: [member, part], pick }) => (member === 'path' ? [[part, pick] as const] : []))
  )
  const parts = path.map((part, i) => {
    const pick = holes.get(i)
    return pick === undefined ? printable(part) : `{${printPath(pick)}}`
  })
  return `/${parts.join('/')}`
}

const pairsText = (pairs: ReadonlyArray<readonly [string, string]>): string =>
  pairs.map(([name, value]) => `${printable(name)} = ${printable(value)}`).join('\n')

const httpView = (request: HttpRequest, slots: ReadonlyArray<Slot>): ReadonlyArray<Child> => {
  const { method, host, munchkinId, path, query, headers, auth } = request
  const body = bodyOf(request)
  const head = Object.entries(headers)
  return [
    h(
      'p',
      { class: 'route' },
      h('span', { class: 'method' }, method),
      h('span', { class: 'host' }, `https://${hostName(host, munchkinId)}`),
      h('span', { class: 'path' }, pathText(path, slots))
    ),
    rows([
      ['credential', authWords[auth]],
      ...(query.length === 0 ? [] : [['query', h('pre', {}, pairsText(query))] as const]),
      ...(head.length === 0 ? [] : [['headers', h('pre', {}, pairsText(head))] as const]),
      ...slots.map((slot) => ['filled in', slotText(slot)] as const),
      ...(body === null ? [] : [['body', code(body)] as const])
    ])
  ]
}

const argumentsText = (args: ReadonlyArray<unknown>): string =>
  args.map((arg) => JSON.stringify(arg, null, 2)).join(', ')

const descriptorView = (descriptor: Descriptor, slots: ReadonlyArray<Slot>): ReadonlyArray<Child> => {
  switch (descriptor._tag) {
    case 'HttpRequest':
      return httpView(descriptor, slots)
    case 'MunchkinCall':
      return [code(`Munchkin.${descriptor.function}(${argumentsText(descriptor.args)})`)]
    case 'HiddenForm':
      return 'load' in descriptor.does
        ? [
            rows([
              ['form', String(descriptor.formId)],
              ['load from', descriptor.does.load]
            ])
          ]
        : [
            rows([
              ['form', String(descriptor.formId)],
              ['submit', code(JSON.stringify(descriptor.does.submit, null, 2))]
            ])
          ]
    case 'SignerRequest':
      return [
        rows([
          ['ask', `${descriptor.origin}/${descriptor.path.map(printable).join('/')}`],
          ['for', 'the signature of the next call, from your own signer']
        ])
      ]
  }
}

const titleOf = (descriptor: Descriptor): string => {
  switch (descriptor._tag) {
    case 'HttpRequest':
      return descriptor.endpoint
    case 'MunchkinCall':
      return 'Munchkin, in the page'
    case 'HiddenForm':
      return 'Hidden form, in the page'
    case 'SignerRequest':
      return 'Your signer, from the page'
  }
}

const callView = ({ descriptor, slots }: Call, step: number): HTMLElement => {
  const retired = retiredText(descriptor.lifecycle)
  return h(
    'li',
    { class: 'card' },
    h('h3', {}, h('span', { class: 'step' }, `Step ${step}`), ` ${titleOf(descriptor)}`),
    retired === null ? null : h('p', { class: 'retired' }, retired),
    ...descriptorView(descriptor, slots)
  )
}

/** The calls of an event, in order. */
export const requestsView = ({ calls }: EventResult): HTMLElement => h('ol', { class: 'cards' }, ...calls.map(callView))
