/**
 * An instance that nobody has, for those who want to see rows: leads of example.com, what they were sent and what they did, half a year of
 * it. It is made from a fixed seed, so that it is the same each time.
 *
 *     January ──leads come in──▶ June       six mailings: sent, delivered or bounced, opened, clicked; page views
 *                                           two leads merged, a few deleted
 *
 * @module
 */
import type { Instant } from '../../../ground/calendar.js'
import { activityLogged, leadAdded, leadDeleted, leadsMerged } from '../../../simulator/happened.js'
import type { FirstActivity, SimulatorOptions } from '../../../simulator/options.js'
import { startSimulator } from '../../../simulator/start.js'
import type { SimulatorState } from '../../../simulator/state.js'

/** When the instance begins, and when it is read: 2024-01-01 and 2024-06-03T09:00:00Z. */
export const madeUpTimes = { begins: 1_704_067_200_000, readAt: 1_717_405_200_000 } as const

const day = 86_400_000
const leadCount = 240

// biome-ignore format: table
const first = ['Ana', 'Ben', 'Chloe', 'Deniz', 'Elif', 'Farid', 'Grace', 'Hiro', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Mira', 'Noor', 'Olga', 'Pavel']
// biome-ignore format: table
const last = ['Adler', 'Bianchi', 'Cruz', 'Diallo', 'Eriksen', 'Fischer', 'García', 'Haddad', 'Ito', 'Jansen', 'Kaya', 'Lind', 'Müller', 'Novak', 'O’Neill']

/** The mailings: an email each, and the day of the year on which it goes out. */
// biome-ignore format: table
const mailings = [
  { id: 2001, name: 'Welcome',          subject: 'Glad you are here',            onDay: 20 },
  { id: 2002, name: 'Spring offer',     subject: 'Three months for two',         onDay: 48 },
  { id: 2003, name: 'Webinar invite',   subject: 'Your warehouse, in 30 minutes', onDay: 76 },
  { id: 2004, name: 'Product news',     subject: 'What is new in April',         onDay: 104 },
  { id: 2005, name: 'Customer story',   subject: 'How a team of five does it',   onDay: 125 },
  { id: 2006, name: 'Trial reminder',   subject: 'Seven days left',              onDay: 146 }
] as const

const timeText = (at: Instant): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

const onDay = (n: number): string => timeText(madeUpTimes.begins + n * day)

const folder = { type: 'Folder', value: 12, folderName: 'Mailings' } as const
const statuses = [
  { name: 'Invited', step: 1 },
  { name: 'Registered', step: 2 }
]
const segments = [
  { id: 901, name: 'Small teams' },
  { id: 902, name: 'Large teams' },
  { id: 903, name: 'Default' }
]

const furniture: Pick<
  SimulatorOptions,
  'emails' | 'lists' | 'programs' | 'campaigns' | 'landingPages' | 'segmentations'
> = {
  emails: mailings.map(({ id, name, subject, onDay: sent }) => ({
    id,
    name,
    subject,
    folder,
    createdAt: onDay(sent - 9),
    updatedAt: onDay(sent - 1)
  })),
  lists: ['Newsletter', 'Trial users', 'Webinar guests', 'Customers'].map((name, i) => ({
    id: 3001 + i,
    name,
    createdAt: onDay(i)
  })),
  programs: ['Spring', 'Webinars', 'Onboarding'].map((name, i) => ({
    id: 4001 + i,
    name,
    statuses,
    createdAt: onDay(3 + i)
  })),
  campaigns: ['Send the welcome', 'Score clicks', 'Invite to webinar'].map((name, i) => ({
    id: 5001 + i,
    name,
    requestable: i !== 2,
    createdAt: onDay(5 + i)
  })),
  landingPages: ['Pricing', 'Webinar', 'Trial'].map((name, i) => ({ id: 6001 + i, name, createdAt: onDay(7 + i) })),
  segmentations: [{ id: 900, name: 'Team size', createdAt: onDay(2), segments }]
}

/** Numbers from 0 up to 1, the same each time (mulberry32). */
const newChance = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Something that happens at a moment. */
interface Happening {
  readonly at: Instant
  readonly happen: (state: SimulatorState) => SimulatorState
}

const logged = (at: Instant, activity: Omit<FirstActivity, 'activityDate'>): Happening => ({
  at,
  happen: (state) => activityLogged(state, { ...activity, activityDate: timeText(at) }, at)
})

const leadFields = (n: number) => {
  const [firstName, lastName] = [first[n % first.length] ?? '', last[(n * 7) % last.length] ?? '']
  return { email: `lead${n}@example.com`, firstName, lastName, leadScore: (n * 13) % 100 }
}

/** When the n-th lead comes in, one after the other. */
const cameAt = (n: number): Instant => madeUpTimes.begins + Math.floor((n * 140 * day) / leadCount)

/** What one lead makes of one mailing. */
const mailed = (n: number, mailing: (typeof mailings)[number], chance: () => number): ReadonlyArray<Happening> => {
  const sentAt = madeUpTimes.begins + mailing.onDay * day + Math.floor(chance() * 3_600_000)
  const about = { leadId: n, primaryAttributeValueId: mailing.id, primaryAttributeValue: mailing.name }
  const run = [{ name: 'Campaign Run ID', value: mailing.onDay }]
  const sent = logged(sentAt, { ...about, activityTypeId: 6, campaignId: 5001, attributes: run })
  if (chance() < 0.04) return [sent, logged(sentAt + 60_000, { ...about, activityTypeId: 8, attributes: run })]
  const told = [sent, logged(sentAt + 30_000, { ...about, activityTypeId: 7, attributes: run })]
  if (chance() > 0.45) return told
  const openedAt = sentAt + 120_000 + Math.floor(chance() * 2 * day)
  const opened = logged(openedAt, { ...about, activityTypeId: 10, attributes: [{ name: 'Device', value: 'desktop' }] })
  if (chance() > 0.4) return [...told, opened]
  const link = { name: 'Link', value: `https://www.example.com/${mailing.id}` }
  const clicked = logged(openedAt + 45_000, { ...about, activityTypeId: 11, attributes: [link] })
  const page = { leadId: n, activityTypeId: 1, primaryAttributeValueId: 6001, primaryAttributeValue: 'Pricing' }
  const visited = logged(openedAt + 50_000, { ...page, attributes: [{ name: 'Webpage URL', value: '/pricing' }] })
  return [...told, opened, clicked, ...(chance() < 0.6 ? [visited] : [])]
}

const lifeOf = (n: number, chance: () => number): ReadonlyArray<Happening> => {
  const at = cameAt(n)
  const came: Happening = { at, happen: (state) => leadAdded(state, { fields: leadFields(n) }, at) }
  const reached = mailings.filter(({ onDay: sent }) => madeUpTimes.begins + sent * day > at)
  return [came, ...reached.flatMap((mailing) => mailed(n, mailing, chance))]
}

/** Leads that are gone in the end. */
const losses: ReadonlyArray<Happening> = [
  ...[17, 88, 151].map((id, i): Happening => {
    const at = madeUpTimes.readAt - (5 - i) * day
    return { at, happen: (state) => leadDeleted(state, id, at) }
  }),
  {
    at: madeUpTimes.readAt - day,
    happen: (state) => leadsMerged(state, 5, [6], madeUpTimes.readAt - day)
  }
]

/** The instance, as it is when it is read. */
export const madeUpInstance = (options: Pick<SimulatorOptions, 'munchkinId' | 'clientId' | 'clientSecret'>) => {
  const chance = newChance(20_240_101)
  const lives = Array.from({ length: leadCount }, (_, i) => lifeOf(i + 1, chance)).flat()
  const happenings = [...lives, ...losses].sort((a, b) => a.at - b.at)
  return happenings.reduce((state, { happen }) => happen(state), startSimulator({ ...options, ...furniture }))
}
