/**
 * SOAP messages that Marketo's schema takes, and near misses that it refuses.
 *
 * Source of the shapes: Marketo's WSDL 2.1; the SOAP API's pages, syncLead, Error Codes. Values are made up.
 *
 * @module
 */

/** A message, and whether the schema takes it. */
export interface SoapSample {
  readonly name: string
  readonly valid: boolean
  readonly xml: string
}

const envelope = (header: string, body: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:mkt="http://www.marketo.com/mktows/" ' +
  `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${header}<soap:Body>\n${body}\n</soap:Body>\n</soap:Envelope>\n`

const authentication =
  '<mkt:AuthenticationHeader><mktowsUserId>acme_1</mktowsUserId><requestSignature>0f</requestSignature>' +
  '<requestTimestamp>2016-01-01T00:00:00+00:00</requestTimestamp></mkt:AuthenticationHeader>'

const request = (lead: string, more: string, context = ''): string =>
  envelope(
    `<soap:Header>${authentication}${context}</soap:Header>`,
    `<mkt:paramsSyncLead>${lead}${more}</mkt:paramsSyncLead>`
  )

const no = '<returnLead>false</returnLead>'
const attribute = (members: string): string =>
  `<leadAttributeList><attribute>${members}</attribute></leadAttributeList>`

/** Requests: three that are taken, six that are nearly right. */
export const soapRequests: ReadonlyArray<SoapSample> = [
  {
    name: 'a lead by email',
    valid: true,
    xml: request(
      `<leadRecord><Email>a@example.com</Email>${attribute('<attrName>A</attrName><attrValue>&lt;1&gt; &amp; "2" ü</attrValue>')}</leadRecord>`,
      no
    )
  },
  {
    name: 'a lead by cookie',
    valid: true,
    xml: request(
      `<leadRecord><Email>b@example.com</Email></leadRecord>`,
      `${no}<marketoCookie>id:000-AAA-000&amp;token:_mch-a.test-1-2</marketoCookie>`
    )
  },
  {
    name: 'every key, a type and a workspace',
    valid: true,
    xml: request(
      '<leadRecord><Id>7</Id><Email>c@example.com</Email><ForeignSysPersonId>f7</ForeignSysPersonId><ForeignSysType>CUSTOM</ForeignSysType>' +
        `${attribute('<attrName>A</attrName><attrType>integer</attrType><attrValue>1</attrValue>')}</leadRecord>`,
      '<returnLead>true</returnLead><marketoCookie/>',
      '<mkt:MktowsContextHeader><targetWorkspace>Default</targetWorkspace></mkt:MktowsContextHeader>'
    )
  },
  {
    name: 'the value before the name',
    valid: false,
    xml: request(`<leadRecord>${attribute('<attrValue>1</attrValue><attrName>A</attrName>')}</leadRecord>`, no)
  },
  {
    name: 'leadId where Id belongs',
    valid: false,
    xml: request('<leadRecord><leadId>7</leadId></leadRecord>', no)
  },
  {
    name: 'attributes before the email',
    valid: false,
    xml: request(
      `<leadRecord>${attribute('<attrName>A</attrName><attrValue>1</attrValue>')}<Email>a@example.com</Email></leadRecord>`,
      no
    )
  },
  {
    name: 'a foreign id with a small letter',
    valid: false,
    xml: request('<leadRecord><foreignSysPersonId>f7</foreignSysPersonId></leadRecord>', no)
  },
  {
    name: 'no returnLead',
    valid: false,
    xml: request('<leadRecord><Email>a@example.com</Email></leadRecord>', '')
  },
  {
    name: 'children in Marketo’s namespace',
    valid: false,
    xml: request(
      '<mkt:leadRecord><mkt:Email>a@example.com</mkt:Email></mkt:leadRecord>',
      '<mkt:returnLead>false</mkt:returnLead>'
    )
  }
]

/** An answer about one lead. */
export const syncLeadAnswer = (status: string, error: string, leadId = 7): string =>
  envelope(
    '',
    `<mkt:successSyncLead><result><leadId>${leadId}</leadId><syncStatus><leadId>${leadId}</leadId><status>${status}</status>${error}</syncStatus>` +
      '<leadRecord xsi:nil="true"/></result></mkt:successSyncLead>'
  )

/** A fault, as Marketo writes it. */
export const faultAnswer = (code: string, text: string): string =>
  envelope(
    '',
    `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${code} - ${text}</faultstring><detail><mkt:serviceException>` +
      `<name>mktServiceException</name><message>${text} (${code})</message><code>${code}</code></mkt:serviceException></detail></soap:Fault>`
  )

/** Answers, as Marketo gives them. */
export const soapAnswers: ReadonlyArray<SoapSample> = [
  { name: 'an update', valid: true, xml: syncLeadAnswer('UPDATED', '<error xsi:nil="true"/>') },
  { name: 'a fault', valid: true, xml: faultAnswer('20014', 'Authentication failed') },
  { name: 'a status that is no word of the schema', valid: false, xml: syncLeadAnswer('SKIPPED', '') }
]
