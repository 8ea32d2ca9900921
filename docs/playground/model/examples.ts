/**
 * Examples to begin with: events, each with settings that show something about them. Data, and nothing else.
 *
 * @module
 */
import audiences from '../../examples/recipes/audiences.json'
import programs from '../../examples/recipes/programs.json'
import scores from '../../examples/recipes/scores.json'
import settingsV2 from '../../examples/settings.json'
import settingsHybrid from '../../examples/settings-device.json'
import settingsV1 from '../../examples/settings-v1.json'
import type { ContractName } from './contracts.js'

/** Settings to begin with. */
export interface Preset {
  readonly id: string
  readonly label: string
  readonly contract: ContractName
  readonly settings: string
}

/** Events to begin with, and the preset that they go with. */
export interface Example {
  readonly id: string
  readonly label: string
  readonly about: string
  readonly preset: string
  readonly events: string
}

/** Small lists and objects stand on one line, as somebody would type them. */
const laid = (value: unknown, indent = ''): string => {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= 76) return flat
  const inner = `${indent}  `
  const members = Array.isArray(value)
    ? value.map((item: unknown) => inner + laid(item, inner))
    : Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)}: ${laid(member, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${members.join(',\n')}\n${indent}${close}`
}

const device = { ...settingsHybrid, mode: 'device' }

// biome-ignore format: table
/** Every preset. */
export const presets: ReadonlyArray<Preset> = [
  { id: 'v2-cloud',   label: 'Marketo v2, cloud mode',   contract: 'v2',      settings: laid(settingsV2) },
  { id: 'v2-device',  label: 'Marketo v2, device mode',  contract: 'v2',      settings: laid(device) },
  { id: 'v2-hybrid',  label: 'Marketo v2, hybrid mode',  contract: 'v2',      settings: laid(settingsHybrid) },
  { id: 'v1',         label: 'Marketo v1',               contract: 'v1',      settings: laid(settingsV1) },
  { id: 'audiences',  label: 'Recipes: audiences',       contract: 'recipes', settings: laid(audiences) },
  { id: 'programs',   label: 'Recipes: programs',        contract: 'recipes', settings: laid(programs) },
  { id: 'scores',     label: 'Recipes: scores',          contract: 'recipes', settings: laid(scores) }
]

const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0'
const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'

const lines = (events: ReadonlyArray<unknown>): string => events.map((event) => JSON.stringify(event)).join('\n')

const guest = (n: number, userId: string, email: string): ReadonlyArray<unknown> => [
  {
    type: 'identify',
    messageId: `b-${n}1`,
    userId,
    traits: { email, name: `Guest ${n}`, plan: 'trial' },
    timestamp: `2026-01-15T09:0${n}:00.000Z`
  },
  {
    type: 'track',
    messageId: `b-${n}2`,
    userId,
    event: 'Webinar Registered',
    properties: { webinar: 'Segments in Practice', date: '2026-02-01' },
    context: { traits: { email } },
    timestamp: `2026-01-15T09:0${n}:20.000Z`
  },
  {
    type: 'identify',
    messageId: `b-${n}3`,
    userId,
    traits: { email, plan: 'pro', logins: n },
    timestamp: `2026-01-15T09:0${n}:40.000Z`
  }
]

const audience = (key: string, event: string, at: string): unknown => ({
  type: 'track',
  messageId: `a-${key}-${event.slice(9)}`,
  userId: 'u-ana',
  event,
  properties: { audience_key: key, [key]: event === 'Audience Entered' },
  context: { traits: { email: 'ana@example.com' }, personas: { computation_class: 'audience', computation_key: key } },
  timestamp: at
})

// biome-ignore format: table
/** Every example; the first is shown when the page opens. */
export const examples: ReadonlyArray<Example> = [
  { id: 'identify', preset: 'v2-cloud', label: 'Identify: a name and an address',
    about: 'A full name is split, an address is taken apart, custom traits go through their transforms. Two traits stay.',
    events: laid({ type: 'identify', messageId: 'ex-1', userId: 'u-ben', traits: { name: 'Ben  de la Cruz', email: 'Ben@Example.com', phone: '+1 555 010 0199', plan: ' PRO ', logins: '17', address: { city: 'Eugene', state: 'Oregon', zip: '97405', street: '1 Main Street' }, favorite_color: 'green' }, timestamp: '2026-01-15T10:14:00.000Z' }) },
  { id: 'cookie', preset: 'v2-cloud', label: 'Identify: with a Munchkin cookie',
    about: 'The lead is written first; then its browser is joined to it, by the number that the first answer tells.',
    events: laid({ type: 'identify', messageId: 'ex-2', userId: 'u-ana', traits: { email: 'ana@example.com', firstName: 'Ana', birthday: '1988-02-20T00:00:00.000Z' }, context: { Marketo: { marketoCookie: cookie }, ip: '192.0.2.10' }, timestamp: '2026-01-15T10:14:00.000Z' }) },
  { id: 'activity', preset: 'v2-cloud', label: 'Track: a custom activity',
    about: 'A row of the settings maps this event. The primary attribute, a number, a currency in capitals; the products stay.',
    events: laid({ type: 'track', messageId: 'ex-3', userId: 'u-ben', event: 'Order Completed', properties: { order_id: 'o-1001', revenue: '99.50', currency: 'eur', products: [{ sku: 's-1', price: 99.5 }] }, context: { traits: { email: 'ben@example.com' } }, timestamp: '2026-01-15T10:20:00.000Z' }) },
  { id: 'unmapped', preset: 'v2-cloud', label: 'Track: no row maps it',
    about: 'Nothing leaves, and the problem says which row is missing. A name must match exactly.',
    events: laid({ type: 'track', messageId: 'ex-4', userId: 'u-ben', event: 'order completed', properties: { order_id: 'o-1002', revenue: 10 }, timestamp: '2026-01-15T10:30:00.000Z' }) },
  { id: 'page', preset: 'v2-cloud', label: 'Page: a visit',
    about: 'A page call becomes a beacon. Without a Munchkin cookie the visitor is derived from the lead key.',
    events: laid({ type: 'page', messageId: 'ex-5', userId: 'u-ben', name: 'Pricing', properties: { url: 'https://www.example.com/pricing?plan=pro#top', referrer: 'https://www.example.com/' }, context: { userAgent: agent, ip: '192.0.2.10' }, timestamp: '2026-01-15T10:31:00.000Z' }) },
  { id: 'anonymous', preset: 'v2-cloud', label: 'Anonymous: switched off',
    about: 'No userId, and anonymous activity is off: the call stays. Set anonymousActivity to true and see.',
    events: laid({ type: 'identify', messageId: 'ex-6', anonymousId: 'c1d2e3f4-0a1b-4c2d-9e3f-112233445566', traits: { email: 'kim@example.com', firstName: 'Kim' }, timestamp: '2026-01-15T10:32:00.000Z' }) },
  { id: 'bad-email', preset: 'v2-cloud', label: 'Values that do not fit',
    about: 'An impossible birthday, a word for a number, an object for text: each is dropped and said. The bad email stops its event.',
    events: [laid({ type: 'identify', messageId: 'ex-7', userId: 'u-gus', traits: { email: 'gus@example.com', birthday: '1990-02-31', logins: 'many', plan: { name: 'pro' }, firstName: 'Gus' }, timestamp: '2026-01-15T10:33:00.000Z' }), laid({ type: 'identify', messageId: 'ex-8', userId: 'u-fay', traits: { email: 'fay at example.com', firstName: 'Fay' }, timestamp: '2026-01-15T10:34:00.000Z' })].join('\n') },
  { id: 'integrations', preset: 'v2-cloud', label: 'Integrations: switched off',
    about: 'The event itself says that it is not for Marketo v2.',
    events: laid({ type: 'identify', messageId: 'ex-9', userId: 'u-ana', traits: { email: 'ana@example.com' }, integrations: { All: true, 'Marketo V2': false }, timestamp: '2026-01-15T10:35:00.000Z' }) },
  { id: 'bad-json', preset: 'v2-cloud', label: 'A text that is no JSON',
    about: 'One line of three is broken. The place is marked; the other two are mapped.',
    events: ['{"type":"identify","messageId":"ex-10","userId":"u-ana","traits":{"email":"ana@example.com"},"timestamp":"2026-01-15T10:36:00.000Z"}', "{\"type\":\"identify\",\"userId\":\"u-ben\",\"traits\":{\"email\":'ben@example.com'}}", '{"type":"track","messageId":"ex-11","userId":"u-ana","event":"Trial Started","properties":{"plan":"pro","days":14},"timestamp":"2026-01-15T10:37:00.000Z"}'].join('\n') },
  { id: 'hybrid', preset: 'v2-hybrid', label: 'Hybrid: page and server',
    about: 'Identify and page run in the page, as a hidden form and Munchkin calls; track goes from the server.',
    events: lines([{ type: 'identify', messageId: 'ex-12', userId: 'u-ana', traits: { email: 'ana@example.com', firstName: 'Ana', plan: 'Pro' }, timestamp: '2026-01-15T10:38:00.000Z' }, { type: 'page', messageId: 'ex-13', userId: 'u-ana', properties: { url: 'https://www.example.com/pricing?plan=pro' }, timestamp: '2026-01-15T10:38:20.000Z' }, { type: 'track', messageId: 'ex-14', userId: 'u-ana', event: 'Trial Started', properties: { plan: 'pro', days: 14 }, timestamp: '2026-01-15T10:38:40.000Z' }]) },
  { id: 'v1', preset: 'v1', label: 'v1: identify with a cookie',
    about: 'Fields named by the older rule, over SOAP, which Marketo has switched off. Delivery goes over the routes of today.',
    events: laid({ type: 'identify', messageId: 'ex-15', userId: '019mr8mf4r', traits: { email: 'jake@example.com', name: 'Jake Peterson', 'favorite color': 'Blue' }, context: { Marketo: { marketoCookie: cookie } }, timestamp: '2026-01-15T10:39:00.000Z' }) },
  { id: 'audiences', preset: 'audiences', label: 'Recipe: an audience as a list',
    about: 'Who enters the audience is put on the list, who leaves it is taken off. One list goes by its number, one by its name.',
    events: lines([audience('trial_power_users', 'Audience Entered', '2026-01-15T10:40:00.000Z'), audience('vip', 'Audience Entered', '2026-01-15T10:41:00.000Z'), audience('vip', 'Audience Exited', '2026-01-15T11:40:00.000Z')]) },
  { id: 'batch', preset: 'v2-cloud', label: 'Delivery: nine events, many people',
    about: 'Look at the Delivery tab: each person is a copy of these. Few calls carry them all. Move the sliders and watch.',
    events: lines([...guest(1, 'u-1', 'one@example.com'), ...guest(2, 'u-2', 'two@example.com'), ...guest(3, 'u-3', 'three@example.com')]) }
]

const [firstExample] = examples
const [firstPreset] = presets

/** An example by its id; the first one where there is none. */
export const exampleNamed = (id: string): Example | undefined => examples.find((one) => one.id === id) ?? firstExample

/** A preset by its id; the first one where there is none. */
export const presetNamed = (id: string): Preset | undefined => presets.find((one) => one.id === id) ?? firstPreset
