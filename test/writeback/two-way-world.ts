/**
 * Two stores that are edited at the same time, and a service between them that is made of our functions only.
 *
 *     people ─▶ Segment: a profile of each user, the latest timestamp wins ─▶ events, late, twice, in any order ─▶ service
 *     people ─▶ Marketo: the simulator, faults and all ─▶ log of changes ─────────────────────────────────────▶ service
 *
 *     service    event ─▶ v2 mapper ─▶ read the lead ─▶ decide ─▶ upsert        log ─▶ sift ─▶ decide ─▶ identify
 *
 * @module
 */

import { describeGetLeads, interpretGetLeads } from '../../src/endpoints/get-leads.js'
import { describeGetLeadChanges, interpretGetLeadChanges, type LeadChange } from '../../src/endpoints/lead-changes.js'
import { describeSyncLeads, interpretSyncLeads } from '../../src/endpoints/sync-leads.js'
import { parseInstant } from '../../src/ground/calendar.js'
import { isNonEmpty } from '../../src/ground/these.js'
import type { Call, HttpRequest } from '../../src/intent/descriptor.js'
import type { Fields, FieldValue, UpsertLead } from '../../src/intent/intent.js'
import type { LeadKey } from '../../src/intent/lead-key.js'
import type { Answer, Verdict } from '../../src/intent/outcome.js'
import { editedInMarketo } from '../../src/simulator/edited.js'
import type { Fault } from '../../src/simulator/options.js'
import { mapper } from '../../src/v2/mapper.js'
import type { Claims } from '../../src/writeback/conflict/claims.js'
import { type Decided, decideFields } from '../../src/writeback/conflict/decide.js'
import { type FieldMarks, withoutRefused } from '../../src/writeback/conflict/field-marks.js'
import { claimsOfNews, marketoClaims } from '../../src/writeback/conflict/marketo-claims.js'
import { segmentClaims } from '../../src/writeback/conflict/segment-claims.js'
import { brake } from '../../src/writeback/loop/brake.js'
import {
  type IdentifyCall,
  identifyOf,
  upsertOf,
  usualIdentifySettings,
  withoutOurCalls
} from '../../src/writeback/loop/identify.js'
import { emptyLedger, type LoopLedger, loopGuard } from '../../src/writeback/loop/ledger.js'
import { appliedWrites, rememberWrites } from '../../src/writeback/loop/remember.js'
import { type FieldNews, isOurChange, siftChanges } from '../../src/writeback/loop/sift.js'
import { decoded } from '../arbitraries/settings.js'
import { callsOf, hyg } from '../endpoints/reading.js'
import { Client, noon } from '../simulator/world.js'
import { settingsOf } from './conflict/given.js'
import { loopSettingsOf } from './loop/given.js'

export const stages = ['lead', 'mql', 'customer']

/** Lead field, trait, policy. */
export const synced = {
  firstName: { trait: 'firstName', policy: { policy: 'newest', toleranceMillis: 1_000, clear: true } },
  phone: { trait: 'phone', policy: 'newest' },
  lastName: { trait: 'lastName', policy: 'segment' },
  title: { trait: 'title', policy: 'marketo' },
  unsubscribed: { trait: 'unsubscribed', policy: 'monotone' },
  logins__c: { trait: 'logins', policy: { policy: 'monotone', type: 'integer' } },
  stage__c: { trait: 'stage', policy: { policy: 'monotone', stages } },
  nick__c: { trait: 'nick', policy: 'fill-empty' }
} as const

export type Synced = keyof typeof synced

export const syncedFields: ReadonlyArray<Synced> = [
  ...(['firstName', 'phone', 'lastName', 'title', 'unsubscribed', 'logins__c', 'stage__c', 'nick__c'] as const)
]

export const conflicts = settingsOf({
  fields: Object.fromEntries(Object.entries(synced).map(([field, { policy }]) => [field, policy]))
})

const traits = Object.fromEntries(Object.entries(synced).map(([field, { trait }]) => [field, trait]))

const map = withoutOurCalls(
  mapper(
    decoded({
      munchkinId: hyg,
      clearOnNull: true,
      traits: [
        { trait: 'unsubscribed', field: 'unsubscribed', type: 'boolean' },
        { trait: 'title', field: 'title', type: 'string' },
        { trait: 'logins', field: 'logins__c', type: 'integer' },
        { trait: 'stage', field: 'stage__c', type: 'string' },
        { trait: 'nick', field: 'nick__c', type: 'string' }
      ]
    })
  )
)

/** A person: the email is what events are about, the number is what Marketo tells. */
export interface Person {
  readonly userId: string
  readonly email: string
  readonly leadId: number
}

export const people: ReadonlyArray<Person> = [
  { userId: 'u1', email: 'ana@corp.test', leadId: 1 },
  { userId: 'u2', email: 'bo@corp.test', leadId: 2 }
]

interface Held {
  readonly value: FieldValue
  readonly at: number
}

/** How a run goes. */
export interface Conduct {
  /** Whether our writes are known by their user, or by what was written alone. */
  readonly knowsUser: boolean
  /** Whether the service reads Segment's profile when Marketo tells something. */
  readonly readsProfile: boolean
  /** Whether people edit in Marketo between the service's read and its write. */
  readonly races: boolean
  readonly faults: ReadonlyArray<Fault>
  /** How many turns the brake lets pass; none are counted where it is absent. */
  readonly mostTurns?: number
}

interface Due {
  readonly at: number
  readonly does: () => void
}

export class TwoWayWorld {
  readonly client: Client
  /** Profiles, by user and lead field. */
  readonly profiles = new Map<string, Map<string, Held>>()
  readonly marks = new Map<number, FieldMarks>()
  ledger: LoopLedger = emptyLedger
  token = 'since-0'
  edits = 0
  writes = 0
  identifies = 0
  readonly frozen: Array<string> = []
  private due: Array<Due> = []
  private readonly heard = new Set<string>()
  private readonly guard
  private readonly decide = decideFields(conflicts)
  private readonly identify = identifyOf({ ...usualIdentifySettings, traits })
  private onWrite: (() => void) | undefined

  constructor(readonly conduct: Conduct) {
    this.client = new Client({
      callsPerWindow: 1_000_000,
      callsPerDay: 10_000_000,
      apiUser: 'api@example.com',
      customFields: [
        { name: 'userId', type: 'string' },
        { name: 'logins__c', type: 'integer' },
        { name: 'stage__c', type: 'string' },
        { name: 'nick__c', type: 'string' }
      ],
      leads: people.map(({ email, userId }) => ({ fields: { email, userId } })),
      faults: conduct.faults
    }).signIn()
    const apiUsers = conduct.knowsUser ? ['api@example.com'] : []
    this.guard = loopGuard(loopSettingsOf({ apiUsers, mostTurns: conduct.mostTurns ?? 0 }), conflicts)
    for (const { userId } of people) this.profiles.set(userId, new Map())
  }

  get now(): number {
    return this.client.now
  }

  wait(millis: number): void {
    this.client.now += millis
    this.runDue()
  }

  private later(millis: number, does: () => void): void {
    this.due.push({ at: this.now + millis, does })
  }

  private runDue(): void {
    const ready = this.due.filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at)
    this.due = this.due.filter(({ at }) => at > this.now)
    for (const { does } of ready) does()
  }

  // Segment

  private keep({ userId }: Pick<Person, 'userId'>, field: string, value: FieldValue, at: number): void {
    const profile = this.profiles.get(userId) ?? new Map<string, Held>()
    if (at >= (profile.get(field)?.at ?? Number.NEGATIVE_INFINITY)) profile.set(field, { value, at })
  }

  /** Somebody tells Segment something; it arrives some time later, and may go on to the service late, and twice. */
  editInSegment(person: Person, field: Synced, value: FieldValue, late: ReadonlyArray<number>): void {
    this.edits += 1
    // Of two events of one millisecond nobody knows which was first.
    this.client.now += 1
    const at = this.now
    const [offline = 0, ...goesOn] = late
    const event = {
      type: 'identify',
      messageId: `m${this.edits}`,
      userId: person.userId,
      timestamp: new Date(at).toISOString(),
      receivedAt: new Date(at + offline).toISOString(),
      traits: { email: person.email, [synced[field].trait]: value }
    }
    this.later(offline, () => {
      this.keep(person, field, value, at)
      for (const millis of goesOn.length === 0 ? [0] : goesOn) this.later(millis, () => this.outbound(event))
    })
    this.runDue()
  }

  /** An identify call arrives, once or again. */
  private arrive(person: Person, call: IdentifyCall): void {
    if (this.heard.has(call.messageId)) return
    this.heard.add(call.messageId)
    const at = parseInstant(call.timestamp ?? '') ?? this.now
    for (const [field, { trait }] of Object.entries(synced)) {
      const value = call.traits[trait]
      if (value !== undefined && (value === null || typeof value !== 'object')) this.keep(person, field, value, at)
    }
    // Segment's own routing would keep it away; the mark in it is what is left when somebody forgets.
    if (map(call)._tag !== 'Left') throw new Error('our own call came through')
  }

  // Marketo

  editInMarketo({ leadId }: Person, field: Synced, value: FieldValue): void {
    this.edits += 1
    this.client.state = editedInMarketo(this.client.state, { leadId, fields: { [field]: value } }, this.now)
  }

  /** An answer that was told, however often it takes; null where nobody knows. */
  private ask<A>(
    call: Call<HttpRequest>,
    read: (call: Call<HttpRequest>, answer: Answer) => Verdict<A>
  ): Verdict<A> | null {
    const answer = this.client.call(call)
    if (answer === null) return null
    const verdict = read(call, answer)
    if (verdict._tag === 'Refused' && verdict.remedy === 'renew-token') this.client.signIn()
    return verdict
  }

  private asked<A>(
    call: Call<HttpRequest>,
    read: (call: Call<HttpRequest>, answer: Answer) => Verdict<A>
  ): A | undefined {
    for (let i = 0; i < 50; i += 1) {
      const verdict = this.ask(call, read)
      if (verdict?._tag === 'Accepted') return verdict.outcomes[0]
    }
    throw new Error('Marketo never answers')
  }

  private lead(key: LeadKey): { readonly leadId: number; readonly fields: Fields } {
    const [call] = callsOf(describeGetLeads([{ munchkinId: hyg, lead: key }], [...syncedFields, 'createdAt']))
    if (call === undefined) throw new Error('no call')
    const outcome = this.asked(call, interpretGetLeads)
    const lead = outcome?._tag === 'LeadsFound' ? outcome.leads[0] : undefined
    if (lead === undefined) throw new Error('no such lead')
    return lead
  }

  private changes(token: string, leadIds: ReadonlyArray<number> | null) {
    const [call] = callsOf(
      describeGetLeadChanges([{ munchkinId: hyg, nextPageToken: token, fields: syncedFields, leadIds }])
    )
    if (call === undefined) throw new Error('no call')
    const outcome = this.asked(call, interpretGetLeadChanges)
    if (outcome?._tag !== 'LeadChangesRead') throw new Error('no page')
    return outcome
  }

  private wholeLog(leadId: number): ReadonlyArray<LeadChange> {
    const changes: Array<LeadChange> = []
    for (let token = 'since-0'; ; ) {
      const page = this.changes(token, [leadId])
      changes.push(...page.changes)
      if (!page.more) return changes
      token = page.nextPageToken ?? ''
    }
  }

  // The service

  /** Carries a decision out; false where a write was refused, or nobody knows. */
  private carryOut(person: Person, { decisions, marks }: Decided): boolean {
    const { leadId, userId } = person
    const before = this.marks.get(leadId) ?? {}
    const braked = brake(this.guard)(this.ledger, { munchkinId: hyg, leadId }, decisions, this.now)
    this.ledger = braked.ledger
    for (const { field, isNew } of braked.frozen) if (isNew) this.frozen.push(field)
    const stopped = braked.frozen.map(({ field }) => field)
    const upsert = upsertOf(hyg, { lookupField: 'id', value: leadId }, braked.decisions)
    this.onWrite?.()
    const isDone = upsert === undefined || this.write(upsert)
    const refused = [...stopped, ...(isDone ? [] : Object.keys(upsert.fields))]
    this.marks.set(leadId, withoutRefused(before, marks, refused))
    for (const call of this.identify({ munchkinId: hyg, leadId, userId, anonymousId: null }, braked.decisions)) {
      this.identifies += 1
      for (const millis of [500, 4_000]) this.later(millis, () => this.arrive(person, call))
    }
    return isDone
  }

  private write(upsert: UpsertLead): boolean {
    const [call] = callsOf(describeSyncLeads([upsert]))
    if (call === undefined) throw new Error('no call')
    const verdict = this.ask(call, interpretSyncLeads)
    if (verdict?._tag !== 'Accepted') return false
    const [outcome] = verdict.outcomes
    if (outcome?._tag !== 'Applied') return false
    this.writes += 1
    const writes = appliedWrites([{ intent: upsert, outcome, requestId: verdict.requestId }])
    this.ledger = rememberWrites(this.guard)(this.ledger, writes, this.now)
    return true
  }

  /** An event goes to Marketo. */
  outbound(event: unknown): void {
    const mapped = map(event)
    const intents = mapped._tag === 'Left' ? [] : mapped.right
    const upsert = intents.flatMap((intent) => (intent._tag === 'UpsertLead' ? [intent] : []))[0]
    if (upsert === undefined) return
    const found = this.lead(upsert.lead)
    const person = people.find(({ leadId }) => leadId === found.leadId)
    if (person === undefined) throw new Error('nobody')
    const { createdAt, ...fields } = found.fields
    const read = {
      fields,
      changes: this.wholeLog(found.leadId),
      whole: true,
      createdAt: parseInstant(String(createdAt)) ?? null,
      updatedAt: null
    }
    const marketo = marketoClaims(conflicts, isOurChange(this.guard)(this.ledger, hyg, this.now))(read)
    const claims = segmentClaims(upsert, event)
    const only = (all: Claims): Claims =>
      Object.fromEntries(
        Object.entries(all).filter(([field]) => syncedFields.some((own) => own === field && own in claims))
      )
    if (Object.keys(only(claims)).length === 0) throw new Error('a trait that no row maps')
    const marks = this.marks.get(found.leadId) ?? {}
    const decided = this.decide({ segment: only(claims), marketo: only(marketo), marks })
    if (!this.carryOut(person, decided)) this.later(1_000, () => this.outbound(event))
  }

  /** What changed in Marketo goes to Segment; false where nothing did. */
  inbound(): boolean {
    let isNews = false
    for (;;) {
      const page = this.changes(this.token, null)
      const sifted = siftChanges(this.guard)(this.ledger, hyg, page.changes, this.now)
      this.ledger = sifted.ledger
      for (const person of people) {
        const news = sifted.passed.filter(({ leadId }) => leadId === person.leadId)
        if (isNonEmpty(news)) isNews = true
        if (isNonEmpty(news) && !this.tell(person, news)) return true
      }
      this.token = page.nextPageToken ?? this.token
      if (!page.more) return isNews
    }
  }

  private tell(person: Person, news: ReadonlyArray<FieldNews>): boolean {
    const { fields } = this.lead({ lookupField: 'id', value: person.leadId })
    const marketo = claimsOfNews(conflicts)(news, fields)
    const profile = this.profiles.get(person.userId) ?? new Map<string, Held>()
    // What was asked for and is not there is nothing, and not unknown.
    const asked = this.conduct.readsProfile ? Object.keys(marketo) : []
    const segment: Claims = Object.fromEntries(asked.map((field) => [field, profile.get(field) ?? { value: null }]))
    const marks = this.marks.get(person.leadId) ?? {}
    return this.carryOut(person, this.decide({ segment, marketo, marks }))
  }

  /** The next write finds that somebody was quicker. */
  raceWith(person: Person, field: Synced, value: FieldValue): void {
    if (!this.conduct.races) return
    this.onWrite = () => {
      this.onWrite = undefined
      this.editInMarketo(person, field, value)
    }
  }

  /** Lets everything come to rest; the rounds that it took, or undefined where it does not. */
  settle(): number | undefined {
    this.onWrite = undefined
    for (let round = 0; round < 200; round += 1) {
      this.wait(60_000)
      const isNews = this.inbound()
      if (!isNews && this.due.length === 0) return round
    }
    return undefined
  }

  /** What both sides hold of a field. */
  held({ userId, leadId }: Person, field: string): readonly [segment: FieldValue, marketo: FieldValue] {
    const segment = this.profiles.get(userId)?.get(field)?.value ?? null
    const lead = this.lead({ lookupField: 'id', value: leadId })
    return [segment, Object.entries(lead.fields).find(([name]) => name === field)?.[1] ?? null]
  }
}

export { noon }
