/**
 * The corpus of the figures: 10,000 events from a fixed seed, in some 300 shapes (a stream has as many as its sources have call sites), 45 % identify, 35 % track (4 in 5 mapped), 20 % page,
 * about 0.9 kB each, as Segment's servers hand them on.
 *
 * @module
 */
import { decodeSettings as decodeV1Settings } from '../../src/v1/decode-settings.js'
import type { Settings as V1Settings } from '../../src/v1/settings.js'
import { decodeSettings } from '../../src/v2/decode-settings.js'
import type { Settings } from '../../src/v2/settings.js'

type Random = () => number

/** Mulberry32: the same numbers on every machine. */
const seeded = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <A>(random: Random, list: ReadonlyArray<A>): A => list[Math.floor(random() * list.length)] as A
const some = (random: Random, chance: number): boolean => random() < chance
const digits = (random: Random, n: number): string =>
  Array.from({ length: n }, () => Math.floor(random() * 10)).join('')
const hex = (random: Random, n: number): string =>
  Array.from({ length: n }, () => Math.floor(random() * 16).toString(16)).join('')
const uuid = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`

const firstNames = ['Ana', 'José', 'Wei', 'Oluwaseun', 'Zoë', 'Mary Jane', 'Łukasz']
const lastNames = ['Cruz', 'de la Fuente', 'Okafor', 'Müller', 'O’Neill', 'Nguyễn']
const agent =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const mappedEvents = ['Trial Started', 'Signed Up', 'Plan Changed', 'Report Exported', 'Seat Added']
const unmappedEvents = ['Button Clicked', 'Video Played', 'Tooltip Seen']

const common = (random: Random, shape: Random, type: string) => {
  const at = `2026-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}T1${Math.floor(random() * 10)}:2${Math.floor(random() * 10)}:0${Math.floor(random() * 10)}.${digits(random, 3)}Z`
  return {
    type,
    messageId: `ajs-next-${hex(random, 32)}`,
    anonymousId: uuid(random),
    userId: `u_${digits(random, 8)}`,
    timestamp: at,
    ...(some(shape, 0.7) ? { originalTimestamp: at, sentAt: at, receivedAt: at } : {}),
    ...(some(shape, 0.3) ? { channel: 'browser', version: 2 } : {})
  }
}

const context = (random: Random, shape: Random): Record<string, unknown> => ({
  library: { name: 'analytics.js', version: `npm:next-1.${digits(random, 2)}.0` },
  ip: `203.0.113.${Math.floor(random() * 250)}`,
  userAgent: agent,
  ...(some(shape, 0.6) ? { locale: 'en-US', timezone: 'Europe/Madrid' } : {}),
  ...(some(shape, 0.5)
    ? {
        page: {
          path: '/pricing',
          referrer: 'https://www.example.com/',
          search: '',
          title: 'Pricing',
          url: 'https://www.example.com/pricing'
        }
      }
    : {}),
  ...(some(shape, 0.3) ? { campaign: { name: 'spring', source: 'news', medium: 'email' } } : {}),
  ...(some(shape, 0.2)
    ? {
        Marketo: {
          marketoCookie: `id:561-HYG-937&token:_mch-example.com-${digits(random, 13)}-${10000 + Math.floor(random() * 80000)}`
        }
      }
    : {})
})

const identify = (random: Random, shape: Random) => {
  const email = `person.${digits(random, 6)}@example.com`
  const traits: Record<string, unknown> = { email }
  if (some(shape, 0.4)) traits.name = `${pick(random, firstNames)} ${pick(random, lastNames)}`
  else Object.assign(traits, { firstName: pick(random, firstNames), lastName: pick(random, lastNames) })
  if (some(shape, 0.6)) traits.phone = `+34 ${digits(random, 9)}`
  if (some(shape, 0.5))
    traits.company = some(shape, 0.5)
      ? 'Example Ltd'
      : { name: 'Example Ltd', id: digits(random, 5), industry: 'Software', employee_count: 120 }
  if (some(shape, 0.4))
    traits.address = {
      city: 'Lyon',
      country: 'France',
      ...(some(shape, 0.5) ? { postalCode: '69001' } : { zip: '69001' }),
      state: 'ARA',
      street: '1 Main'
    }
  if (some(shape, 0.3)) traits.birthday = '1988-02-20T00:00:00.000Z'
  if (some(shape, 0.3)) traits.gender = 'woman'
  if (some(shape, 0.5)) traits.plan = pick(random, ['free', 'pro', 'enterprise'])
  if (some(shape, 0.5)) traits.seats = Math.floor(random() * 200)
  if (some(shape, 0.4)) traits.createdAt = '2024-05-31T00:00:00.000Z'
  if (some(shape, 0.4)) traits.title = 'Head of Growth'
  if (some(shape, 0.3)) traits.avatar = `https://www.example.com/avatars/${digits(random, 9)}.png`
  return {
    ...common(random, shape, 'identify'),
    traits,
    context: context(random, shape),
    integrations: some(shape, 0.3) ? { All: true } : {}
  }
}

const track = (random: Random, shape: Random) => {
  const event = some(random, 0.8) ? pick(random, mappedEvents) : pick(random, unmappedEvents)
  const properties: Record<string, unknown> = { plan: pick(random, ['free', 'pro']) }
  if (some(shape, 0.5)) properties.seats = Math.floor(random() * 50)
  if (some(shape, 0.5)) properties.revenue = Math.floor(random() * 10000) / 100
  if (some(shape, 0.4)) properties.currency = 'USD'
  if (some(shape, 0.4)) properties.feature = 'reports'
  if (some(shape, 0.3))
    properties.products = [
      { sku: digits(random, 6), price: 10 },
      { sku: digits(random, 6), price: 12 }
    ]
  if (some(shape, 0.3)) properties.source_page = 'https://www.example.com/settings/plan'
  const surroundings = context(random, shape)
  if (some(shape, 0.5)) surroundings.traits = { email: `person.${digits(random, 6)}@example.com` }
  return { ...common(random, shape, 'track'), event, properties, context: surroundings, integrations: {} }
}

const page = (random: Random, shape: Random) => ({
  ...common(random, shape, 'page'),
  ...(some(shape, 0.6) ? { name: 'Pricing', category: 'Marketing' } : {}),
  properties: {
    path: '/pricing',
    referrer: 'https://www.example.com/',
    search: '?plan=pro',
    title: 'Pricing – Example',
    url: some(shape, 0.9)
      ? `https://www.example.com/pricing/${digits(random, 3)}?plan=pro&seats=${digits(random, 2)}`
      : '/pricing?plan=pro',
    ...(some(shape, 0.3) ? { experiment: 'b', scroll: 40 } : {})
  },
  context: context(random, shape),
  integrations: {}
})

/** Structure comes from one of so many call sites, values from the stream. */
const callSites = { identify: 140, track: 120, page: 60 } as const

/** Events from a seed, in the shares of the figures. */
export const makeCorpus = (size: number, seed = 20_260_731): ReadonlyArray<object> => {
  const random = seeded(seed)
  const shape = (sites: number): Random => seeded(Math.floor(random() * sites))
  return Array.from({ length: size }, () => {
    const dice = random()
    if (dice < 0.45) return identify(random, shape(callSites.identify))
    return dice < 0.8 ? track(random, shape(callSites.track)) : page(random, shape(callSites.page))
  })
}

const eventRow = (event: string, id: number) => ({
  event,
  activityTypeId: id,
  attributes: [
    { property: 'plan', attribute: 'plan', type: 'string', primary: true },
    { property: 'seats', attribute: 'seats', type: 'integer' },
    { property: 'revenue', attribute: 'revenue', type: 'currency' },
    { property: 'feature', attribute: 'feature', type: 'string' }
  ]
})

/** Settings that map what the corpus holds. */
export const corpusSettings = (): Settings => {
  const settings = decodeSettings({
    munchkinId: '561-HYG-937',
    anonymousActivity: false,
    traits: [
      { trait: 'plan', field: 'planName__c', type: 'string' },
      { trait: 'seats', field: 'seats__c', type: 'integer' },
      { trait: 'title', field: 'title', type: 'string' },
      { trait: 'createdAt', field: 'signedUpAt__c', type: 'datetime' }
    ],
    events: mappedEvents.map((event, i) => eventRow(event, 100_001 + i))
  })
  if (settings._tag === 'Left') throw new Error('the settings of the corpus do not decode')
  return settings.right
}

/** The same Marketo by the v1 contract; its signer is asked, not brought along. */
export const corpusV1Settings = (): V1Settings => {
  const settings = decodeV1Settings({
    munchkinId: '561-HYG-937',
    projectId: 'p1',
    pageOrigin: 'https://www.example.com'
  })
  if (settings._tag === 'Left') throw new Error('the v1 settings of the corpus do not decode')
  return settings.right
}
