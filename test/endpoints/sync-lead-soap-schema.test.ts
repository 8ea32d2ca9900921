/**
 * Every message that the arbitraries can make, held against Marketo's schema by libxml2, and read back by it.
 *
 * The schema is that of Marketo's WSDL 2.1, cut down to syncLead, its headers and its answer; the envelope is SOAP 1.1, strict.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { signSoap } from '../../src/endpoints/soap-message.js'
import { describeSyncLeadSoap, type SyncLeadSoapOptions } from '../../src/endpoints/sync-lead-soap.js'
import type { SyncLeadOverSoap } from '../../src/intent/intent.js'
import { anyText, fieldValue, syncLeadOverSoap, xmlText } from '../arbitraries/intents.js'
import { soapAnswers, soapRequests } from '../cases/soap/samples.js'
import { callsOf, hyg, onlyCall } from './reading.js'

const schemaFile = (fileName: string) => ({
  fileName,
  contents: readFileSync(new URL(`../cases/soap/${fileName}`, import.meta.url), 'utf8')
})

/** What libxml2 has against messages, all of them in one call; each is named after its place in the list. */
const faultsOf = async (messages: ReadonlyArray<string>) =>
  (
    await validateXML({
      xml: messages.map((contents, i) => ({ fileName: `${i}.xml`, contents })),
      schema: [schemaFile('envelope.xsd')],
      preload: [schemaFile('mktows-2_1.xsd')]
    })
  ).errors

const messageOf = (sync: SyncLeadOverSoap, options: SyncLeadSoapOptions, signed: boolean): ReadonlyArray<string> =>
  callsOf(describeSyncLeadSoap([sync], options)).flatMap(({ descriptor }) => {
    const { body } = signed ? signSoap({ userId: 'a&<b>', encryptionKey: 'key' }, 0)(descriptor) : descriptor
    return body !== null && 'text' in body ? [body.text] : []
  })

const options = fc.record(
  { attrTypes: fc.boolean(), returnLead: fc.boolean(), workspace: xmlText },
  { requiredKeys: [] }
)

describe('the schema', () => {
  it('judges each sample as it should', async () => {
    const samples = [...soapRequests, ...soapAnswers]
    const faults = await faultsOf(samples.map(({ xml }) => xml))
    const faulty = new Set(faults.map(({ loc }) => loc?.fileName))
    expect(samples.map(({ name }, i) => [name, !faulty.has(`${i}.xml`)])).toEqual(
      samples.map(({ name, valid }) => [name, valid])
    )
  })

  it('finds a message that is no XML at all', async () => {
    expect(await faultsOf(['<a>'])).not.toEqual([])
  })

  it('U3 takes every message that syncs make, signed or not, whatever the options', async () => {
    const sampled = fc.sample(fc.tuple(syncLeadOverSoap, options, fc.boolean()), 300)
    const messages = sampled.flatMap((one) => messageOf(...one))
    expect(messages).toHaveLength(300)
    expect(await faultsOf(messages)).toEqual([])
  })

  it('U3 takes every message that any text at all makes: what is not refused before is sound', async () => {
    const hostile: fc.Arbitrary<SyncLeadOverSoap> = fc.record({
      _tag: fc.constant('SyncLeadOverSoap' as const),
      munchkinId: fc.constant(hyg),
      lead: fc.constant({ lookupField: 'email', value: 'x' }),
      email: fc.option(anyText),
      attributes: fc.dictionary(anyText, fieldValue, { maxKeys: 2, noNullPrototype: true }),
      cookie: fc.option(anyText)
    })
    const messages = fc.sample(fc.tuple(hostile, options, fc.boolean()), 600).flatMap((one) => messageOf(...one))
    expect(messages.length).toBeGreaterThan(100)
    expect(await faultsOf(messages)).toEqual([])
  })
})

/** What libxml2 makes of a message: canonical XML, in which each kind of character has one spelling. */
const canonical = async (xml: string): Promise<string> => (await validateXML({ xml, normalization: 'c14n' })).normalized

const spelled: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#xD;': '\r' }

const attributesIn = (c14n: string): ReadonlyArray<ReadonlyArray<string>> =>
  [...c14n.matchAll(/<attrName>([^<]*)<\/attrName><attrValue>([^<]*)<\/attrValue>/g)].map(([, ...texts]) =>
    texts.map((text) => text.replace(/&(?:amp|lt|gt|#xD);/g, (one) => spelled[one] ?? ''))
  )

describe('another reader', () => {
  it('finds each name and each value as it was, for any text that XML has room for', async () => {
    const texts = fc.sample(xmlText, 1000)
    const attributes: ReadonlyArray<readonly [string, string]> = [
      ...texts.map((text, i) => [`${i}${text}x`, text] as const),
      ['CDATA', ']]>'],
      ['Reference', '&#13;&amp;&lt;'],
      ['LineEnds', '\r\n\r\n\n\r'],
      ['Blanks', ' \t leading and trailing \t '],
      ['Emoji', '\u{1f600}\u{10ffff}'],
      ['Markup', '</attrValue></attribute><attribute><attrName>Forged</attrName>']
    ]
    const { body } = onlyCall(
      describeSyncLeadSoap([
        {
          _tag: 'SyncLeadOverSoap',
          munchkinId: hyg,
          lead: { lookupField: 'email', value: 'ana@example.com' },
          email: 'ana@example.com',
          attributes: Object.fromEntries(attributes),
          cookie: null
        }
      ])
    ).descriptor
    expect(attributesIn(await canonical(body !== null && 'text' in body ? body.text : ''))).toEqual(attributes)
  })
})
