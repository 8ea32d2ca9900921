/**
 * Signatures of SOAP requests: the first was published with Marketo's SOAP pages, the rest are computed by other programs.
 *
 * @module
 */

/** A signature with all that goes into it. */
export interface SoapSignatureCase {
  readonly note: string
  readonly encryptionKey: string
  readonly userId: string
  readonly requestTimestamp: string
  readonly requestSignature: string
}

const published = {
  encryptionKey: '899756834129871744AAEE88DDCC77CDEEDEC1AAAD66',
  userId: 'bigcorp1_461839624B16E06BA2D663'
} as const

// biome-ignore format: read by column
export const soapSignatures: ReadonlyArray<SoapSignatureCase> = [
  { note: 'published',         ...published, requestTimestamp: '2010-04-09T14:04:54-07:00', requestSignature: 'ffbff4d4bef354807481e66dc7540f7890523a87' },
  { note: 'a later time',      ...published, requestTimestamp: '2013-07-31T12:38:47-07:00', requestSignature: '1d2760575a5f6ce1b44d7298cccc8d09c35705d7' },
  { note: 'UTC as an offset',  ...published, requestTimestamp: '2016-01-01T00:00:00+00:00', requestSignature: '4d98b0200f25247362790f749c766b71604fd383' },
  { note: 'UTC as Z',          ...published, requestTimestamp: '2016-01-01T00:00:00Z',      requestSignature: 'a38cc9c11f0df5199e23421830639cc8ed50cc06' },
  { note: 'half an hour',      ...published, requestTimestamp: '2016-01-01T05:30:00+05:30', requestSignature: '960fa60efd0a943bf62e0cdde917c82798717e5d' },
  { note: 'milliseconds',      ...published, requestTimestamp: '2016-01-01T00:00:00.000Z',  requestSignature: 'c81aad27c20c3e8436df32148379c2c528a6d5ad' },
  { note: 'another user',      encryptionKey: '27272727aa', userId: 'demo17_1_809934544BFABAE58E5D27', requestTimestamp: '2013-08-01T18:22:30-07:00', requestSignature: 'b5e21953ae9f1b263e644da5eccce9ff33802513' },
  { note: 'beyond ASCII',      encryptionKey: 'schlüssel',  userId: 'user_ä',                          requestTimestamp: '2020-02-29T23:59:59-08:00', requestSignature: '4081239395eb76f43d40e6cf05f5ae62450cc49b' },
  { note: 'an empty key',      encryptionKey: '',           userId: 'u',                               requestTimestamp: '2020-01-01T00:00:00+00:00', requestSignature: 'fcbfea9658309f09c4aab783e887b1f9c72a90f1' }
]
