/**
 * The rule file: what it may hold, as a codec.
 *
 *     rules          when this, do that                                             enrichment, lists, programs, campaigns
 *     audiences      entered and left → static lists, lead fields
 *     suppressions   opt-outs and churn → flags, no lists, no programs              optIns take them back
 *     scores         points per event, with caps and decay                          ┐
 *     lifecycles     stages that only go forward, and what each begins              │ these remember
 *     behaviors      how often, first and last time                                 ┘
 *
 * @module
 */
import * as t from 'io-ts'
import { MunchkinId } from '../marketo/munchkin-id.js'
import { Action, ListSource } from './actions-file.js'
import { Days, FieldName, Finite, MarketoNumber, Name, Source, Sources, When } from './rule-parts.js'

const Id = /* @__PURE__ */ t.keyof({ email: null, userId: null, anonymousId: null })

/** How leads are named. */
const Lead = /* @__PURE__ */ t.exact(
  t.partial({
    keys: t.readonlyArray(Id),
    userIdField: FieldName,
    anonymousIdField: FieldName,
    create: t.boolean,
    partition: t.union([Name, t.null], 'the name of a partition, or null')
  })
)

const Rule = /* @__PURE__ */ t.exact(t.type({ name: Name, when: When, actions: t.readonlyArray(Action) }))

const OtherAudiences = /* @__PURE__ */ t.union([
  t.exact(t.type({ use: t.literal('external-audience-id') })),
  t.exact(
    t.intersection([
      t.type({ use: t.literal('audience-key') }),
      t.partial({
        prefix: t.string,
        createIn: t.exact(t.type({ id: MarketoNumber, type: t.keyof({ Folder: null, Program: null }) }))
      })
    ])
  )
])

const Audiences = /* @__PURE__ */ t.exact(
  t.partial({
    entered: t.readonlyArray(Name),
    exited: t.readonlyArray(Name),
    lists: t.record(t.string, ListSource),
    others: t.union(
      [OtherAudiences, t.null],
      'null, { use: external-audience-id } or { use: audience-key, prefix, createIn }'
    ),
    fields: t.record(t.string, FieldName),
    namesField: FieldName,
    separator: t.string,
    traits: t.record(t.string, FieldName),
    create: t.boolean
  })
)

const ProgramEnd = /* @__PURE__ */ t.exact(
  t.intersection([t.type({ program: MarketoNumber }), t.partial({ status: Name })])
)

const Suppression = /* @__PURE__ */ t.exact(
  t.intersection([
    t.type({ name: Name }),
    t.partial({
      when: When,
      because: t.keyof({ 'opt-out': null, churn: null }),
      fields: Sources,
      reason: Source,
      lists: t.union([t.literal('all'), t.readonlyArray(ListSource)], 'the word all, or a list of lists'),
      except: t.readonlyArray(MarketoNumber),
      programs: t.readonlyArray(ProgramEnd),
      addTo: t.readonlyArray(ListSource)
    })
  ])
)

const OptIn = /* @__PURE__ */ t.exact(
  t.intersection([t.type({ name: Name, when: When }), t.partial({ fields: Sources })])
)

const Cap = /* @__PURE__ */ t.exact(t.intersection([t.type({ points: Finite }), t.partial({ days: Days })]))

const Points = /* @__PURE__ */ t.exact(
  t.intersection([t.type({ when: When, points: Finite }), t.partial({ cap: Cap })])
)

const ScoreWay = /* @__PURE__ */ t.union([
  t.exact(t.type({ way: t.literal('total'), field: FieldName })),
  t.exact(t.type({ way: t.literal('add'), field: FieldName })),
  t.exact(t.type({ way: t.literal('campaign'), campaign: MarketoNumber, token: Name }))
])

const Score = /* @__PURE__ */ t.exact(
  t.intersection([
    t.type({ name: Name, to: ScoreWay, points: t.readonlyArray(Points) }),
    t.partial({ least: Finite, most: Finite, halfLifeDays: Days })
  ])
)

const StageRule = /* @__PURE__ */ t.exact(
  t.intersection([t.type({ when: When, stage: Name }), t.partial({ actions: t.readonlyArray(Action) })])
)

const Lifecycle = /* @__PURE__ */ t.exact(
  t.type({ name: Name, field: FieldName, stages: t.readonlyArray(Name), rules: t.readonlyArray(StageRule) })
)

const Behavior = /* @__PURE__ */ t.exact(
  t.intersection([
    t.type({ name: Name, when: When }),
    t.partial({ count: FieldName, first: FieldName, last: FieldName, done: FieldName })
  ])
)

/** A rule file. @internal */
export const RecipeFile = /* @__PURE__ */ t.exact(
  t.intersection([
    t.type({ munchkinId: MunchkinId }),
    t.partial({
      $schema: t.string,
      lead: Lead,
      gateNames: t.readonlyArray(Name),
      rememberDays: Days,
      rules: t.readonlyArray(Rule),
      audiences: Audiences,
      suppressions: t.readonlyArray(Suppression),
      optIns: t.readonlyArray(OptIn),
      scores: t.readonlyArray(Score),
      lifecycles: t.readonlyArray(Lifecycle),
      behaviors: t.readonlyArray(Behavior)
    })
  ])
)

/** A rule file. @internal */
export type RecipeFile = t.TypeOf<typeof RecipeFile>

type Part<K extends keyof RecipeFile> = NonNullable<RecipeFile[K]>

/** How audiences are followed. @internal */
export type Audiences = Part<'audiences'>
/** What is done for who does not want to be written to. @internal */
export type Suppression = Part<'suppressions'>[number]
/** Who wants to be written to again. @internal */
export type OptIn = Part<'optIns'>[number]
/** A score. @internal */
export type Score = Part<'scores'>[number]
/** Stages of a lifecycle. @internal */
export type Lifecycle = Part<'lifecycles'>[number]
/** A behaviour that is counted. @internal */
export type Behavior = Part<'behaviors'>[number]
