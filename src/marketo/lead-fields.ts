/**
 * The lead fields that every Marketo instance may have, under their three names.
 *
 *     REST name    REST calls and CSV files          postalCode
 *     SOAP name    Munchkin, forms, Velocity, SOAP   PostalCode
 *     label        Marketo's screens                 Postal Code
 *
 * SOAP names outlive the SOAP API. Not every instance has every field, and each has fields of its own: an instance's describe is the
 * last word, this table the first.
 *
 * Sources: Adobe "List of Standard Fields" (names and labels of the listed, and their SOAP names, which that page no longer
 * prints); two public describe answers (types, lengths, what is read-only over REST, the fields seen); Adobe "Leads", "Companies"
 * (who may write).
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import { fromUndefined } from '../ground/option.js'
import type { ValueType } from './value-types.js'

/**
 * Whether to write a field: `caution` is for keys and for fields that Marketo itself moves, `company` for those that belong to the
 * company's record and to Sync Companies (error 1021), `unknown` where nobody has said.
 *
 * @category lead fields
 * @since 0.1.0
 */
export type WriteAdvice = 'yes' | 'no' | 'caution' | 'company' | 'unknown'

/**
 * How we know of a field: on Adobe's list, seen in describe answers only, or removed from the list on 2026-02-18 and in no describe
 * answer since (writing one of those is likely to be answered with 1006).
 *
 * @category lead fields
 * @since 0.1.0
 */
export type Standing = 'listed' | 'seen' | 'removed'

/**
 * One lead field.
 *
 * @category lead fields
 * @since 0.1.0
 */
export interface LeadField {
  readonly rest: string
  /** Null: the field has none, so forms and Munchkin cannot name it. */
  readonly soap: string | null
  readonly label: string
  /** Null: nobody has published it. */
  readonly type: ValueType | null
  /** In characters; null where the type's own length holds, or where nobody has published it. */
  readonly length: number | null
  /** What describe says of REST; null where nobody has published it. */
  readonly readOnly: boolean | null
  /** Whether Marketo fills it in by itself. */
  readonly managed: 'no' | 'partly' | 'wholly'
  /** Whose record it is stored on. */
  readonly object: 'person' | 'company'
  readonly write: WriteAdvice
  readonly standing: Standing
}

type Row = readonly [
  rest: string,
  soap: string | null,
  label: string,
  type: ValueType | null,
  length: number | null,
  overRest: 'rw' | 'ro' | null,
  managed: 'no' | 'partly' | 'wholly',
  write: WriteAdvice,
  standing: Standing
]

// biome-ignore format: table
const rows: ReadonlyArray<Row> = [
  // REST name                     SOAP name                                   label                                           type         length REST  managed   write      standing
  ['address',                     'Address',                                  'Address',                                      'text',      null,  'rw', 'no',     'yes',     'listed'],
  ['annualRevenue',               'AnnualRevenue',                            'Annual Revenue',                               'currency',  null,  'rw', 'no',     'company', 'listed'],
  ['anonymousIP',                 'AnonymousIP',                              'Anonymous IP',                                 'string',    255,   'rw', 'no',     'caution', 'listed'],
  ['billingCity',                 'BillingCity',                              'Billing City',                                 'string',    255,   'rw', 'no',     'company', 'listed'],
  ['billingCountry',              'BillingCountry',                           'Billing Country',                              'string',    255,   'rw', 'no',     'company', 'listed'],
  ['billingPostalCode',           'BillingPostalCode',                        'Billing Postal Code',                          'string',    255,   'rw', 'no',     'company', 'listed'],
  ['billingState',                'BillingState',                             'Billing State',                                'string',    255,   'rw', 'no',     'company', 'listed'],
  ['billingStreet',               'BillingStreet',                            'Billing Address',                              'text',      null,  'rw', 'no',     'company', 'listed'],
  ['city',                        'City',                                     'City',                                         'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['company',                     'Company',                                  'Company Name',                                 'string',    255,   'rw', 'no',     'company', 'listed'],
  ['country',                     'Country',                                  'Country',                                      'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['dateOfBirth',                 'DateofBirth',                              'Date of Birth',                                'date',      null,  'rw', 'no',     'yes',     'listed'],
  ['department',                  'Department',                               'Department',                                   'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['doNotCall',                   'DoNotCall',                                'Do Not Call',                                  'boolean',   null,  'rw', 'no',     'yes',     'listed'],
  ['doNotCallReason',             'DoNotCallReason',                          'Do Not Call Reason',                           'string',    2000,  'rw', 'no',     'yes',     'listed'],
  ['email',                       'Email',                                    'Email Address',                                'email',     255,   'rw', 'no',     'yes',     'listed'],
  ['fax',                         'Fax',                                      'Fax Number',                                   'phone',     255,   'rw', 'no',     'yes',     'listed'],
  ['firstName',                   'FirstName',                                'First Name',                                   'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['industry',                    'Industry',                                 'Industry',                                     'string',    255,   'rw', 'no',     'company', 'listed'],
  ['inferredCompany',             'InferredCompany',                          'Inferred Company',                             'string',    255,   'ro', 'no',     'no',      'listed'],
  ['inferredCountry',             'InferredCountry',                          'Inferred Country',                             'string',    255,   'ro', 'no',     'no',      'listed'],
  ['lastName',                    'LastName',                                 'Last Name',                                    'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['leadRole',                    'LeadRole',                                 'Role',                                         'string',    50,    'rw', 'no',     'yes',     'listed'],
  ['leadScore',                   'LeadScore',                                'Lead Score',                                   'integer',   null,  'rw', 'no',     'yes',     'listed'],
  ['leadSource',                  'LeadSource',                               'Lead Source',                                  'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['leadStatus',                  'LeadStatus',                               'Lead Status',                                  'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['mainPhone',                   'MainPhone',                                'Main Phone',                                   'string',    255,   'rw', 'no',     'company', 'listed'],
  ['jigsawContactId',             'Marketo Jigsaw Contact Id',                'Marketo Data.com ID',                          null,        null,  null, 'no',     'unknown', 'listed'],
  ['jigsawContactStatus',         'Marketo Jigsaw Contact Status',            'Marketo Data.com Status',                      null,        null,  null, 'no',     'unknown', 'listed'],
  ['middleName',                  'MiddleName',                               'Middle Name',                                  'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['mobilePhone',                 'MobilePhone',                              'Mobile Phone Number',                          'phone',     255,   'rw', 'no',     'yes',     'listed'],
  ['numberOfEmployees',           'NumberOfEmployees',                        'Num Employees',                                'integer',   null,  'rw', 'no',     'company', 'listed'],
  ['phone',                       'Phone',                                    'Phone Number',                                 'phone',     255,   'rw', 'no',     'yes',     'listed'],
  ['postalCode',                  'PostalCode',                               'Postal Code',                                  'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['rating',                      'Rating',                                   'Lead Rating',                                  'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['salutation',                  'Salutation',                               'Salutation',                                   'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['sicCode',                     'SICCode',                                  'SIC Code',                                     'string',    40,    'rw', 'no',     'company', 'listed'],
  ['site',                        'Site',                                     'Site',                                         'string',    255,   'rw', 'no',     'company', 'listed'],
  ['state',                       'State',                                    'State',                                        'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['title',                       'Title',                                    'Job Title',                                    'string',    255,   'rw', 'no',     'yes',     'listed'],
  ['unsubscribed',                'Unsubscribed',                             'Unsubscribed',                                 'boolean',   null,  'rw', 'partly', 'caution', 'listed'],
  ['unsubscribedReason',          'UnsubscribedReason',                       'Unsubscribed Reason',                          'string',    2000,  'rw', 'partly', 'caution', 'listed'],
  ['website',                     'Website',                                  'Website',                                      'url',       255,   'rw', 'no',     'company', 'listed'],
  ['createdAt',                   null,                                       'Created At',                                   'datetime',  null,  'ro', 'wholly', 'no',      'listed'],
  ['updatedAt',                   null,                                       'Updated At',                                   'datetime',  null,  'ro', 'wholly', 'no',      'listed'],
  ['emailInvalid',                'EmailInvalid',                             'Email Invalid',                                'boolean',   null,  'rw', 'partly', 'caution', 'listed'],
  ['emailInvalidCause',           'EmailInvalidCause',                        'Email Invalid Cause',                          'string',    255,   'rw', 'partly', 'caution', 'listed'],
  ['inferredCity',                null,                                       'Inferred City',                                'string',    255,   'ro', 'no',     'no',      'listed'],
  ['inferredMetropolitanArea',    null,                                       'Inferred Metropolitan Area',                   'string',    255,   'ro', 'no',     'no',      'listed'],
  ['inferredPhoneAreaCode',       null,                                       'Inferred Phone Area Code',                     'string',    255,   'ro', 'no',     'no',      'listed'],
  ['inferredPostalCode',          null,                                       'Inferred Postal Code',                         'string',    255,   'ro', 'no',     'no',      'listed'],
  ['inferredStateRegion',         null,                                       'Inferred State Region',                        'string',    255,   'ro', 'no',     'no',      'listed'],
  ['isAnonymous',                 null,                                       'Is Anonymous',                                 'boolean',   null,  'rw', 'wholly', 'no',      'listed'],
  ['priority',                    null,                                       'Priority',                                     'integer',   null,  'rw', 'wholly', 'no',      'listed'],
  ['relativeScore',               null,                                       'Relative Score',                               'integer',   null,  'rw', 'wholly', 'no',      'listed'],
  ['urgency',                     null,                                       'Urgency',                                      'float',     null,  'rw', 'wholly', 'no',      'listed'],
  ['mktoCompanyNotes',            'MktoCompanyNotes',                         'Company Notes',                                'text',      null,  'rw', 'no',     'company', 'seen'],
  ['externalCompanyId',           null,                                       'External Company Id',                          'string',    50,    'rw', 'no',     'yes',     'seen'],
  ['id',                          'Id',                                       'Id',                                           'integer',   null,  'rw', 'no',     'caution', 'seen'],
  ['mktoName',                    null,                                       'Full Name',                                    'string',    255,   'ro', 'no',     'no',      'seen'],
  ['personType',                  'PersonType',                               'Person Type',                                  'string',    50,    'rw', 'no',     'caution', 'seen'],
  ['mktoIsPartner',               null,                                       'Is Partner',                                   'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['isLead',                      'IsLead',                                   'Is Lead',                                      'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['mktoIsCustomer',              null,                                       'Is Customer',                                  'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['contactCompany',              'Contact Company',                          'Contact Company',                              'reference', null,  'ro', 'no',     'no',      'seen'],
  ['personTimeZone',              null,                                       'Person Time Zone',                             'string',    255,   'ro', 'no',     'no',      'seen'],
  ['originalSourceType',          'OriginalSourceType',                       'Original Source Type',                         'string',    255,   'ro', 'no',     'no',      'seen'],
  ['originalSourceInfo',          'OriginalSourceInfo',                       'Original Source Info',                         'string',    2000,  'ro', 'no',     'no',      'seen'],
  ['registrationSourceType',      'RegistrationSourceType',                   'Registration Source Type',                     'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['registrationSourceInfo',      'RegistrationSourceInfo',                   'Registration Source Info',                     'string',    2000,  'rw', 'no',     'caution', 'seen'],
  ['originalSearchEngine',        'OriginalSearchEngine',                     'Original Search Engine',                       'string',    255,   'ro', 'no',     'no',      'seen'],
  ['originalSearchPhrase',        'OriginalSearchPhrase',                     'Original Search Phrase',                       'string',    255,   'ro', 'no',     'no',      'seen'],
  ['originalReferrer',            'OriginalReferrer',                         'Original Referrer',                            'url',       255,   'ro', 'no',     'no',      'seen'],
  ['mktoDoNotCallCause',          null,                                       'Do Not Call Cause',                            'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['marketingSuspended',          null,                                       'Marketing Suspended',                          'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['marketingSuspendedCause',     null,                                       'Marketing Suspended Cause',                    'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['blackListed',                 null,                                       'Black Listed',                                 'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['blackListedCause',            null,                                       'Black Listed Cause',                           'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['mktoPersonNotes',             'MktoPersonNotes',                          'Person Notes',                                 'text',      null,  'rw', 'no',     'yes',     'seen'],
  ['emailSuspended',              null,                                       'Email Suspended',                              'boolean',   null,  'rw', 'no',     'caution', 'seen'],
  ['emailSuspendedCause',         null,                                       'Email Suspended Cause',                        'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['emailSuspendedAt',            null,                                       'Email Suspended At',                           'datetime',  null,  'rw', 'no',     'caution', 'seen'],
  ['cookies',                     null,                                       'Cookies',                                      'string',    255,   'rw', 'no',     'caution', 'seen'],
  ['externalSalesPersonId',       null,                                       'External Sales Person Id',                     'string',    50,    'rw', 'no',     'yes',     'seen'],
  ['leadPerson',                  'Lead Person',                              'Lead Person',                                  'reference', null,  'ro', 'no',     'no',      'seen'],
  ['relativeUrgency',             null,                                       'Relative Urgency',                             'integer',   null,  'rw', 'no',     'caution', 'seen'],
  ['personPrimaryLeadInterest',   'Person Primary Lead Interest',             'Primary Lead Interest',                        'reference', null,  'ro', 'no',     'no',      'seen'],
  ['leadPartitionId',             'Lead Partition ID',                        'Lead Partition Id',                            'reference', null,  'rw', 'no',     'caution', 'seen'],
  ['leadRevenueCycleModelId',     'Lead Revenue Cycle Model ID',              'Lead Revenue Cycle Model ID',                  'reference', null,  'rw', 'no',     'caution', 'seen'],
  ['leadRevenueStageId',          'Lead Revenue Stage ID',                    'Lead Revenue Stage ID',                        'reference', null,  'rw', 'no',     'caution', 'seen'],
  ['acquisitionProgramId',        'Acquisition Program ID',                   'Acquisition Program',                          'reference', null,  'rw', 'no',     'caution', 'seen'],
  ['mktoAcquisitionDate',         null,                                       'Acquisition Date',                             'datetime',  null,  'rw', 'no',     'caution', 'seen'],
  ['ecids',                       null,                                       'ECIDs',                                        'string',    255,   'ro', 'no',     'no',      'seen'],
  ['sfdcAccountId',               null,                                       'SFDC Account Id',                              'string',    50,    'ro', 'no',     'no',      'seen'],
  ['sfdcType',                    null,                                       'SFDC Type',                                    'string',    50,    'ro', 'no',     'no',      'seen'],
  ['sfdcContactId',               null,                                       'SFDC Contact Id',                              'string',    50,    'ro', 'no',     'no',      'seen'],
  ['sfdcId',                      null,                                       'SFDC Id',                                      'formula',   255,   'rw', 'no',     'no',      'seen'],
  ['sfdcLeadId',                  null,                                       'SFDC Lead Id',                                 'string',    50,    'ro', 'no',     'no',      'seen'],
  ['sfdcLeadOwnerId',             null,                                       'SFDC Lead Owner Id',                           'string',    50,    'ro', 'no',     'no',      'seen'],
  ['facebookDisplayName',         'MarketoSocialFacebookDisplayName',         'Marketo Social Facebook Display Name',         null,        null,  null, 'no',     'no',      'removed'],
  ['facebookId',                  'MarketoSocialFacebookId',                  'Marketo Social Facebook Id',                   null,        null,  null, 'no',     'no',      'removed'],
  ['facebookPhotoURL',            'MarketoSocialFacebookPhotoURL',            'Marketo Social Facebook Photo URL',            null,        null,  null, 'no',     'no',      'removed'],
  ['facebookProfileURL',          'MarketoSocialFacebookProfileURL',          'Marketo Social Facebook Profile URL',          null,        null,  null, 'no',     'no',      'removed'],
  ['facebookReach',               'MarketoSocialFacebookReach',               'Marketo Social Facebook Reach',                null,        null,  null, 'no',     'no',      'removed'],
  ['facebookReferredEnrollments', 'MarketoSocialFacebookReferredEnrollments', 'Marketo Social Facebook Referred Enrollments', null,        null,  null, 'no',     'no',      'removed'],
  ['facebookReferredVisits',      'MarketoSocialFacebookReferredVisits',      'Marketo Social Facebook Referred Visits',      null,        null,  null, 'no',     'no',      'removed'],
  ['gender',                      'MarketoSocialGender',                      'Marketo Social Gender',                        null,        null,  null, 'no',     'no',      'removed'],
  ['lastReferredEnrollment',      'MarketoSocialLastReferredEnrollment',      'Marketo Social Last Referred Enrollment',      null,        null,  null, 'no',     'no',      'removed'],
  ['lastReferredVisit',           'MarketoSocialLastReferredVisit',           'Marketo Social Last Referred Visit',           null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInDisplayName',         'MarketoSocialLinkedInDisplayName',         'Marketo Social LinkedIn Display Name',         null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInId',                  'MarketoSocialLinkedInId',                  'Marketo Social LinkedIn Id',                   null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInPhotoURL',            'MarketoSocialLinkedInPhotoURL',            'Marketo Social LinkedIn Photo URL',            null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInProfileURL',          'MarketoSocialLinkedInProfileURL',          'Marketo Social LinkedIn Profile URL',          null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInReach',               'MarketoSocialLinkedInReach',               'Marketo Social LinkedIn Reach',                null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInReferredEnrollments', 'MarketoSocialLinkedInReferredEnrollments', 'Marketo Social LinkedIn Referred Enrollments', null,        null,  null, 'no',     'no',      'removed'],
  ['linkedInReferredVisits',      'MarketoSocialLinkedInReferredVisits',      'Marketo Social LinkedIn Referred Visits',      null,        null,  null, 'no',     'no',      'removed'],
  ['syndicationId',               null,                                       'Marketo Social Syndication ID',                null,        null,  null, 'no',     'no',      'removed'],
  ['totalReferredEnrollments',    'MarketoSocialTotalReferredEnrollments',    'Marketo Social Total Referred Enrollments',    null,        null,  null, 'no',     'no',      'removed'],
  ['totalReferredVisits',         'MarketoSocialTotalReferredVisits',         'Marketo Social Total Referred Visits',         null,        null,  null, 'no',     'no',      'removed'],
  ['twitterDisplayName',          'MarketoSocialTwitterDisplayName',          'Marketo Social Twitter Display Name',          null,        null,  null, 'no',     'no',      'removed'],
  ['twitterId',                   'MarketoSocialTwitterId',                   'Marketo Social Twitter Id',                    null,        null,  null, 'no',     'no',      'removed'],
  ['twitterPhotoURL',             'MarketoSocialTwitterPhotoURL',             'Marketo Social Twitter Photo URL',             null,        null,  null, 'no',     'no',      'removed'],
  ['twitterProfileURL',           'MarketoSocialTwitterProfileURL',           'Marketo Social Twitter Profile URL',           null,        null,  null, 'no',     'no',      'removed'],
  ['twitterReach',                'MarketoSocialTwitterReach',                'Marketo Social Twitter Reach',                 null,        null,  null, 'no',     'no',      'removed'],
  ['twitterReferredEnrollments',  'MarketoSocialTwitterReferredEnrollments',  'Marketo Social Twitter Referred Enrollments',  null,        null,  null, 'no',     'no',      'removed'],
  ['twitterReferredVisits',       'MarketoSocialTwitterReferredVisits',       'Marketo Social Twitter Referred Visits',       null,        null,  null, 'no',     'no',      'removed']
]

const field = ([rest, soap, label, type, length, overRest, managed, write, standing]: Row): LeadField => ({
  rest,
  soap,
  label,
  type,
  length,
  readOnly: overRest === null ? null : overRest === 'ro',
  managed,
  // The fields of the company's record are the very fields that are written there.
  object: write === 'company' ? 'company' : 'person',
  write,
  standing
})

/**
 * Every standard lead field that we know of: those on Adobe's list, then those seen, then those removed.
 *
 * @category lead fields
 * @since 0.1.0
 */
export const leadFields: ReadonlyArray<LeadField> = /* @__PURE__ */ rows.map(field)

const byName = (nameOf: (row: LeadField) => string | null): ReadonlyMap<string, LeadField> => {
  const found = new Map<string, LeadField>()
  for (const row of leadFields) {
    const name = nameOf(row)
    if (name !== null) found.set(name, row)
  }
  return found
}

const byRest: ReadonlyMap<string, LeadField> = /* @__PURE__ */ byName((row) => row.rest)
const bySoap: ReadonlyMap<string, LeadField> = /* @__PURE__ */ byName((row) => row.soap)

/** The field of that REST name, exactly so spelled, or undefined. @internal */
export const findByRest = (rest: string): LeadField | undefined => byRest.get(rest)

/** The field of that SOAP name, exactly so spelled, or undefined. @internal */
export const findBySoap = (soap: string): LeadField | undefined => bySoap.get(soap)

/**
 * The field of that REST name, exactly so spelled.
 *
 * @example
 * leadFieldByRest('constructor') // => none
 * @category lead fields
 * @since 0.1.0
 */
export const leadFieldByRest = (rest: string): Option<LeadField> => fromUndefined(byRest.get(rest))

/**
 * The field of that SOAP name, exactly so spelled.
 *
 * @example
 * leadFieldBySoap('postalCode') // => none
 * @category lead fields
 * @since 0.1.0
 */
export const leadFieldBySoap = (soap: string): Option<LeadField> => fromUndefined(bySoap.get(soap))

/**
 * The SOAP name of a standard field, or undefined: the field has none, or it is no standard field and only the instance's describe
 * knows.
 *
 * @example
 * soapNameOf('dateOfBirth') // => 'DateofBirth'
 * soapNameOf('createdAt') // => undefined
 * @category lead fields
 * @since 0.1.0
 */
export const soapNameOf = (rest: string): string | undefined => byRest.get(rest)?.soap ?? undefined

/**
 * The REST name of a standard field, or undefined.
 *
 * @example
 * restNameOf('MarketoSocialGender') // => 'gender'
 * @category lead fields
 * @since 0.1.0
 */
export const restNameOf = (soap: string): string | undefined => bySoap.get(soap)?.rest
