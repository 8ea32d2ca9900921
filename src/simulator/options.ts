/**
 * What a simulated instance is like, and what shall go wrong with it.
 *
 *     startSimulator({ munchkinId, clientId, clientSecret,         who may ask
 *                      customFields, activityTypes, forms, leads,  what the instance holds
 *                      lists, programs, campaigns, companies, customObjects,
 *                      emails, landingPages, segmentations,
 *                      activities, deletedLeads, apiUser,          what happened, and who we are in its log
 *                      absentFields, companyFields, unknownField,  what it refuses
 *                      updatedAtFilter, updatedAtMoves,
 *                      callsPerDay, callsPerWindow, runningCalls,  how much it takes
 *                      exportBytesPerDay,
 *                      tokenSeconds, ingestionDelayMillis, importMillis, exportMillis,
 *                      seed, faults })
 *
 * Every option but the first three has a default: an empty instance with Marketo's own limits, where nothing goes wrong.
 *
 * Sources: Adobe "Leads", "Activities", "REST API", "Authentication"; the limits are those of marketo/limits.ts.
 *
 * @module
 */
import type { EndpointName } from '../intent/descriptor.js'
import type { Fields, FieldValue } from '../intent/intent.js'
import { batchLimits, bulkLimits, callLimits } from '../marketo/limits.js'
import type { ValueType } from '../marketo/value-types.js'
import type {
  SimulatedCampaign,
  SimulatedEmail,
  SimulatedLandingPage,
  SimulatedList,
  SimulatedProgram,
  SimulatedSegmentation
} from './asset-options.js'

/**
 * A lead field of the instance's own, by REST name; `length` is in characters, null or absent where the type's own holds, `label` its
 * name where it is absent, and `apiCreated` says that it was made through the API. Fields of type string, email and integer can be
 * looked up by.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedField {
  readonly name: string
  readonly type: ValueType
  readonly length?: number | null
  readonly label?: string
  readonly apiCreated?: boolean
}

/**
 * An attribute of a custom activity type; `dataType` is Marketo's word, `name` its display name.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedAttribute {
  readonly apiName: string
  readonly name?: string
  readonly dataType: string
  readonly required?: boolean
}

/**
 * A custom activity type. What describe shows of one (`CustomActivityType`) will do; `status` is `approved` where it is absent,
 * `attributes` are those beside the primary one, and `draft` those of a newer draft. Names are made of the number where they are absent.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedActivityType {
  readonly id: number
  readonly apiName?: string
  readonly name?: string
  readonly triggerName?: string
  readonly filterName?: string
  readonly description?: string
  readonly status?: string
  readonly draft?: ReadonlyArray<SimulatedAttribute> | null
  readonly primaryAttribute: SimulatedAttribute
  readonly attributes: ReadonlyArray<SimulatedAttribute>
}

/**
 * A form, and the REST names of the fields that stand on it.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedForm {
  readonly id: number
  readonly fields: ReadonlyArray<string>
}

/**
 * A lead that is there from the start; its fields are taken as they are given. Leads are numbered from 1 in the order given.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface FirstLead {
  readonly fields: Fields
  readonly cookies?: ReadonlyArray<string>
  readonly partitionName?: string
}

/**
 * A company that is there from the start.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface FirstCompany {
  readonly externalCompanyId: string
  readonly fields?: Fields
}

/**
 * A custom object, by API name: its fields, those by which records are told apart, and the field that names a lead by one of the lead's
 * own, where there is one.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatedObjectType {
  readonly name: string
  readonly fields: ReadonlyArray<string>
  readonly dedupeFields: ReadonlyArray<string>
  readonly link?: { readonly field: string; readonly leadField: string } | null
}

/**
 * A lead that was deleted before the first request. `leadId` may be that of a lead named here, or of one that nobody has; numbers from it
 * on are new leads'. Marketo's own `primaryAttributeValueId` is not always the lead's number.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface DeletedLead {
  readonly leadId: number
  readonly deletedAt: string
  readonly name?: string
  readonly primaryAttributeValueId?: number
}

/**
 * An activity that is in the log from the start, in the order given. It is logged at its own time, a text with an offset; `marketoGUID` is
 * given where it is absent.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface FirstActivity {
  readonly leadId: number
  readonly activityTypeId: number
  readonly activityDate: string
  readonly marketoGUID?: string
  readonly campaignId?: number
  readonly primaryAttributeValueId?: number
  readonly primaryAttributeValue?: string
  readonly attributes?: ReadonlyArray<{ readonly name: string; readonly value: FieldValue }>
  readonly actionResult?: string
}

/**
 * Where calls are told apart: our own endpoints, and everything else. `syncLeadOverSoap` is never seen: that API is gone.
 *
 * @category simulator
 * @since 0.1.0
 */
export type SimulatedEndpoint = Exclude<EndpointName, 'syncLeadOverSoap'> | 'other'

/**
 * What can go wrong. A `timeout-before` has no effect and a `timeout-after` has its full effect; neither has an answer. `502` is
 * Marketo's envelope with that code, `html` a gateway's page with HTTP 502. `expired-token` ends the token's life. `skip-record` refuses
 * one record of a batch, chosen by the seed; an extract that is queued under it fails. `cut-off` breaks off a file of an extract half way.
 *
 * @category simulator
 * @since 0.1.0
 */
export const faultKinds = [
  'timeout-before',
  'timeout-after',
  'html',
  '502',
  '604',
  '606',
  '607',
  '611',
  '615',
  '713',
  'expired-token',
  'skip-record',
  'cut-off'
] as const

/**
 * One of {@link faultKinds}.
 *
 * @category simulator
 * @since 0.1.0
 */
export type FaultKind = (typeof faultKinds)[number]

/**
 * When a fault strikes: at one call, counted from 1, or at any with a probability, up to call number `until` where that is given.
 * Counted are the calls to the fault's `endpoint`, or all calls where it names none.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface Fault {
  readonly at: { readonly call: number } | { readonly probability: number; readonly until?: number }
  readonly kind: FaultKind
  readonly endpoint?: SimulatedEndpoint
}

/**
 * What a simulated instance is like. `companyFields` says what Sync Leads makes of fields of the company's record (`refused`: 1021), and `companiesReadOnly` that a CRM owns the companies (Sync Companies: 1018);
 * `unknownField` whether a field that the instance lacks fails its record or the whole request (1006 both times); `absentFields` are
 * standard fields that it lacks. `tokenSeconds` is how long a token lives. Persons of the Data Ingestion API are there
 * `ingestionDelayMillis` after their call; an import job takes `importMillis`, half of it waiting, half of it
 * running, an extract job `exportMillis`; files of extracts may hold `exportBytesPerDay` in a day, and with `updatedAtFilter` false leads
 * cannot be extracted by when they changed (1035). `updatedAtMoves` says which writes a lead's own `updatedAt` shows; the extract goes by all of
 * them. `apiUser` is who changes leads through the API, as the log of activities names it.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface SimulatorOptions {
  readonly munchkinId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly customFields?: ReadonlyArray<SimulatedField>
  readonly activityTypes?: ReadonlyArray<SimulatedActivityType>
  readonly forms?: ReadonlyArray<SimulatedForm>
  readonly leads?: ReadonlyArray<FirstLead>
  readonly lists?: ReadonlyArray<SimulatedList>
  readonly programs?: ReadonlyArray<SimulatedProgram>
  readonly campaigns?: ReadonlyArray<SimulatedCampaign>
  readonly companies?: ReadonlyArray<FirstCompany>
  readonly companiesReadOnly?: boolean
  readonly customObjects?: ReadonlyArray<SimulatedObjectType>
  readonly emails?: ReadonlyArray<SimulatedEmail>
  readonly landingPages?: ReadonlyArray<SimulatedLandingPage>
  readonly segmentations?: ReadonlyArray<SimulatedSegmentation>
  readonly deletedLeads?: ReadonlyArray<DeletedLead>
  readonly activities?: ReadonlyArray<FirstActivity>
  readonly absentFields?: ReadonlyArray<string>
  readonly companyFields?: 'refused' | 'accepted'
  readonly unknownField?: 'record' | 'request'
  readonly partitions?: ReadonlyArray<string>
  readonly callsPerDay?: number
  readonly callsPerWindow?: number
  readonly runningCalls?: number
  readonly tokenSeconds?: number
  readonly apiUser?: string
  readonly ingestionDelayMillis?: number
  readonly importMillis?: number
  readonly exportMillis?: number
  readonly exportBytesPerDay?: number
  readonly updatedAtFilter?: boolean
  readonly updatedAtMoves?: 'with any field' | 'with standard fields'
  readonly seed?: number
  readonly faults?: ReadonlyArray<Fault>
}

/** An attribute as the instance keeps it. @internal */
export type KeptAttribute = Required<SimulatedAttribute>

/** A custom activity type as the instance keeps it. @internal */
export interface KeptActivityType extends Required<Omit<SimulatedActivityType, 'draft' | 'attributes'>> {
  readonly draft: ReadonlyArray<KeptAttribute> | null
  readonly primaryAttribute: KeptAttribute
  readonly attributes: ReadonlyArray<KeptAttribute>
}

/** A custom object as the instance keeps it. @internal */
export type KeptObjectType = Required<SimulatedObjectType>

/** The options that a state keeps, all of them there. @internal */
export type Settled = Required<
  Omit<
    SimulatorOptions,
    | 'leads'
    | 'lists'
    | 'companies'
    | 'activities'
    | 'seed'
    | 'programs'
    | 'campaigns'
    | 'emails'
    | 'landingPages'
    | 'segmentations'
    | 'deletedLeads'
    | 'activityTypes'
    | 'customObjects'
  >
> & {
  readonly activityTypes: ReadonlyArray<KeptActivityType>
  readonly customObjects: ReadonlyArray<KeptObjectType>
}

const attribute = ({ apiName, name, dataType, required }: SimulatedAttribute): KeptAttribute => ({
  apiName,
  name: name ?? apiName,
  dataType,
  required: required ?? false
})

/** Written out member by member: what the caller left undefined would not come back from JSON. */
const activityType = (type: SimulatedActivityType): KeptActivityType => ({
  id: type.id,
  apiName: type.apiName ?? `custom${type.id}`,
  name: type.name ?? `Custom ${type.id}`,
  triggerName: type.triggerName ?? type.name ?? `Custom ${type.id}`,
  filterName: type.filterName ?? type.name ?? `Custom ${type.id}`,
  description: type.description ?? '',
  status: type.status ?? 'approved',
  draft: type.draft?.map(attribute) ?? null,
  primaryAttribute: attribute(type.primaryAttribute),
  attributes: type.attributes.map(attribute)
})

const field = ({ name, type, length, label, apiCreated }: SimulatedField): SimulatedField => ({
  name,
  type,
  length: length ?? null,
  label: label ?? name,
  apiCreated: apiCreated ?? false
})

const objectType = ({ name, fields, dedupeFields, link }: SimulatedObjectType): KeptObjectType => ({
  name,
  fields: [...fields],
  dedupeFields: [...dedupeFields],
  link: link === undefined || link === null ? null : { field: link.field, leadField: link.leadField }
})

const fault = ({ at, kind, endpoint }: Fault): Fault => ({
  at:
    'call' in at
      ? { call: at.call }
      : { probability: at.probability, ...(at.until === undefined ? {} : { until: at.until }) },
  kind,
  ...(endpoint === undefined ? {} : { endpoint })
})

const apiUser = 'api.user@example.com'

/** Seconds that a token lives (Adobe "Authentication"). */
const tokenSeconds = 3_600

/** No figure of Adobe's: short for an import, long enough to be asked about twice. */
const importMillis = 10_000

/** The options with their defaults. @internal */
export const settled = (options: SimulatorOptions): Settled => ({
  munchkinId: options.munchkinId.toUpperCase(),
  clientId: options.clientId,
  clientSecret: options.clientSecret,
  customFields: (options.customFields ?? []).map(field),
  activityTypes: (options.activityTypes ?? []).map(activityType),
  forms: (options.forms ?? []).map(({ id, fields }) => ({ id, fields: [...fields] })),
  companiesReadOnly: options.companiesReadOnly ?? false,
  customObjects: (options.customObjects ?? []).map(objectType),
  absentFields: [...(options.absentFields ?? [])],
  companyFields: options.companyFields ?? 'refused',
  unknownField: options.unknownField ?? 'record',
  partitions: [...(options.partitions ?? ['Default'])],
  callsPerDay: options.callsPerDay ?? callLimits.callsPerDay,
  callsPerWindow: options.callsPerWindow ?? callLimits.callsPerWindow,
  runningCalls: options.runningCalls ?? callLimits.runningCalls,
  tokenSeconds: options.tokenSeconds ?? tokenSeconds,
  apiUser: options.apiUser ?? apiUser,
  ingestionDelayMillis: options.ingestionDelayMillis ?? 0,
  importMillis: options.importMillis ?? importMillis,
  exportMillis: options.exportMillis ?? importMillis,
  exportBytesPerDay: options.exportBytesPerDay ?? bulkLimits.extractBytesPerDay,
  updatedAtFilter: options.updatedAtFilter ?? true,
  updatedAtMoves: options.updatedAtMoves ?? 'with any field',
  faults: (options.faults ?? []).map(fault)
})

/** Records that one call takes. @internal */
export const mostRecords = batchLimits.leadDatabase
