/**
 * Documented mappings: these settings and this event give this verdict, whole.
 */
export interface MappingCase {
  readonly name: string
  readonly source: string
  /** Whose mapper runs; the server's unless given. */
  readonly side?: 'server' | 'browser'
  readonly input: {
    /** What a customer would store; the munchkin id is {@link munchkinId} unless given. */
    readonly settings: Readonly<Record<string, unknown>>
    readonly event: unknown
  }
  readonly expected: unknown
}

/** The instance of every case that names no other. */
export const munchkinId = '561-HYG-937'

/** All of it was sent. */
export const right = (...intents: ReadonlyArray<unknown>) => ({ _tag: 'Right', right: intents })

/** Nothing was sent. */
export const left = (...problems: ReadonlyArray<unknown>) => ({ _tag: 'Left', left: problems })

/** Sent, with remarks. */
export const both = (problems: ReadonlyArray<unknown>, ...intents: ReadonlyArray<unknown>) => ({
  _tag: 'Both',
  left: problems,
  right: intents
})

type Members = Readonly<Record<string, unknown>>

/** A lead's key. */
export const key = (lookupField: string, value: string) => ({ lookupField, value })

/** An upsert as the settings have it when they say nothing. */
export const upsert = (lead: unknown, fields: Members, more: Members = {}) => ({
  _tag: 'UpsertLead',
  munchkinId,
  lead,
  fields,
  action: 'createOrUpdate',
  partitionName: null,
  ...more
})

/** A hidden form. */
export const form = (fields: Members) => ({ _tag: 'SubmitFormInBrowser', munchkinId, formId: 1001, fields })

/** Settings of a browser that has a form. */
export const device = { mode: 'device', formId: 1001, formHost: '//app-ab00.marketo.com' }

type At = ReadonlyArray<string | number>

/** Something was needed and was not there. */
export const missing = (weight: string, at: At, mend: string) => ({ _tag: 'Missing', weight, at, mend })

/** Something was of the wrong kind. */
export const malformed = (weight: string, at: At, found: string, mend: string) => ({ _tag: 'Malformed', weight, at, found, mend })

/** A rule kept something back. */
export const excluded = (at: At, rule: string, mend: string) => ({ _tag: 'Excluded', weight: 'skipped', at, rule, mend })

/** A name that nobody reads. */
export const unknown = (weight: string, at: At, nearest: string | null, mend: string) => ({ _tag: 'Unknown', weight, at, nearest, mend })

/** Two things claimed one place. */
export const conflict = (weight: string, at: At, other: At, mend: string) => ({ _tag: 'Conflict', weight, at, with: other, mend })

/** It works, and may surprise. */
export const risky = (at: At, risk: string, mend: string) => ({ _tag: 'Risky', weight: 'warning', at, risk, mend })
