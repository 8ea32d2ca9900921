/**
 * Settings as people store them, and what is said of them: every mistake, each at its place. Those whose problems are all warnings can
 * be used; the others cannot.
 */
import { conflict, malformed, missing, munchkinId, risky, unknown } from './mapping-case.js'

export interface SettingsCase {
  readonly name: string
  readonly source: string
  readonly input: unknown
  readonly expected: ReadonlyArray<unknown>
}

const contract = 'Segment "Marketo v2", Getting started, Traits, Track'
const stored = 'segment.md 3.5'
const ours = 'decode-settings.ts'
const near = 'near miss'

type Members = Readonly<Record<string, unknown>>

const says = (name: string, source: string, given: Members, ...expected: ReadonlyArray<unknown>): SettingsCase => ({
  name,
  source,
  input: { munchkinId, ...given },
  expected
})

const whole = (name: string, input: unknown, ...expected: ReadonlyArray<unknown>): SettingsCase => ({ name, source: ours, input, expected })

const mendKey = 'nothing reads it: correct the name or take it out'
const mendId = 'put the munchkin id here, as in 561-HYG-937; Marketo shows it under Admin > Integration > Munchkin'
const mendRow = 'expected an object'
const mendList = 'expected a list'
const mendText = 'expected text that is not blank'
const mendFlag = 'expected true or false'
const mendField = 'copy the API name from Marketo: a letter, then letters, digits and _'
const mendTypes = 'copy the type from Marketo’s Field Management, such as string, integer, float, boolean, date, datetime'
const mendNumber = 'Marketo has no type number: say integer or float, as its Field Management shows'
const mendNumeric = 'id is the lead’s own number in Marketo: name a custom lead field'
const mendStandard = 'a standard trait goes there: name a custom lead field'
const mendOwn = 'id is the lead’s own number in Marketo: map the trait to a custom field'
const mendOneField = 'two rows claim one lead field: keep one of them'
const mendOneEvent = 'two rows map one event: keep one of them'
const mendOneAttribute = 'two rows claim one attribute: keep one of them'
const mendPrimary = 'mark one attribute as primary: Marketo shows it with a red star'
const mendTransform = 'expected "trim", "lower", "upper", or an object with table, join, cut or date'
const mendDate = `${mendTransform}; a date format holds YYYY, MM and DD once each`
const mendScalar = 'expected text, a number or a boolean'
const mendForm = 'without it nothing starts in the browser: identify and page calls are refused there'
const mendSoap = 'forms cannot name this field, which has no SOAP name: the browser leaves its value out, and says so'
const mendNamer = 'forms cannot name this field, which has no SOAP name: its value is lost in the browser, name another one'
const mendTwice = 'two names of one setting: the first counts, take the other one out'
const mendOrigin = 'expected scheme and host only, such as https://www.example.com'
const mendForId = 'expected a whole number from 1 to 2147483647'

const traits = (...rows: ReadonlyArray<unknown>): Members => ({ traits: rows })
const plan = { trait: 'plan', field: 'plan__c' }

const primary = { property: 'plan', attribute: 'plan', primary: true }
const event = (more: Members): Members => ({ events: [{ event: 'Trial Started', activityTypeId: 1, attributes: [primary], ...more }] })
const attribute = (row: unknown): Members => event({ attributes: [primary, row] })
const atAttribute = ['events', 0, 'attributes', 1]

const oneOf = (words: string): string => `expected one of ${words}`

export const settingsCases: ReadonlyArray<SettingsCase> = [
  // ── as a whole
  whole('nothing', undefined, malformed('invalid', [], 'nothing', mendRow)),
  whole('a list', [], malformed('invalid', [], 'a list', mendRow)),
  whole('text', '561-HYG-937', malformed('invalid', [], 'text', mendRow)),
  whole('an empty object', {}, missing('invalid', ['munchkinId'], 'give the Munchkin account id (Marketo: Admin, Munchkin)')),
  whole('a munchkin id in small letters', { accountId: '561-hyg-937' }),
  whole('the endpoint’s address', { munchkinId: 'https://561-HYG-937.mktorest.com/rest' }),
  whole('a munchkin id that is none', { accountId: '561HYG937' }, malformed('invalid', ['accountId'], 'text', mendId)),
  whole('a blank munchkin id', { munchkinId: '' }, missing('invalid', ['munchkinId'], mendId)),
  whole('a munchkin id that is a number', { munchkinId: 561 }, malformed('invalid', ['munchkinId'], 'a number', mendId)),
  whole(
    'every mistake is said at once, also without a munchkin id',
    { mode: 'clod', traits: [{ trait: 'a', field: 'id' }], userIdField: '', clearOnNull: 'yes' },
    missing('invalid', ['munchkinId'], 'give the Munchkin account id (Marketo: Admin, Munchkin)'),
    malformed('invalid', ['traits', 0, 'field'], 'the field id', mendOwn),
    unknown('invalid', ['mode'], 'cloud', oneOf('cloud, device, hybrid')),
    malformed('invalid', ['clearOnNull'], 'text', mendFlag),
    malformed('invalid', ['userIdField'], 'empty text', mendText)
  ),
  whole('nor does what only the whole shows wait for one', { userIdField: 'id', identity: [] },
    missing('invalid', ['munchkinId'], 'give the Munchkin account id (Marketo: Admin, Munchkin)'),
    malformed('invalid', ['userIdField'], 'the field id', mendNumeric),
    missing('invalid', ['identity'], 'name at least one id: email, userId, anonymousId')
  ),
  says('keys that Segment stores and nobody needs', stored, { clientId: 'x', clientSecret: 'y', projectId: 'P', host: 'h', beta: false }),
  says('an unknown key, with the known one that it resembles', ours, { anonymusActivity: true }, unknown('warning', ['anonymusActivity'], 'anonymousActivity', mendKey)),
  says('an unknown key that resembles none', ours, { colour: 'red' }, unknown('warning', ['colour'], null, mendKey)),
  says('names of every object’s members are keys like any other', near, JSON.parse('{"__proto__":{"mode":"device"},"constructor":1}'), unknown('warning', ['__proto__'], null, mendKey), unknown('warning', ['constructor'], null, mendKey)),
  says('both names of one setting', near, { accountId: '123-ABC-456' }, conflict('warning', ['accountId'], ['munchkinId'], mendTwice)),
  says('both names of one setting, in agreement', near, { accountId: munchkinId }),

  // ── switches of the wrong kind
  says('a boolean that is text', ours, { anonymousActivity: 'true', createLead: 1, pathLookup: null }, malformed('invalid', ['anonymousActivity'], 'text', mendFlag), malformed('invalid', ['createLead'], 'a number', mendFlag), malformed('invalid', ['pathLookup'], 'null', mendFlag)),
  says('words that are not known', ours, { attributeKey: 'apiname', companyFields: 'drop', birthday: true, nameSplit: 'word', invalidEmail: 'next', gateStyle: 'lax', browserPageUrl: 'full', browserProfile: 'extact' },
    unknown('invalid', ['attributeKey'], 'apiName', oneOf('apiName, name')),
    unknown('invalid', ['companyFields'], null, oneOf('send, omit')),
    malformed('invalid', ['birthday'], 'a boolean', oneOf('day, verbatim')),
    unknown('invalid', ['nameSplit'], 'words', oneOf('words, facade')),
    unknown('invalid', ['invalidEmail'], null, oneOf('invalid, next-key')),
    unknown('invalid', ['gateStyle'], null, oneOf('lenient, exact, explicit, facade, off')),
    unknown('invalid', ['browserPageUrl'], null, oneOf('path, verbatim')),
    unknown('invalid', ['browserProfile'], 'exact', oneOf('default, exact'))
  ),
  says('lists that are none', ours, { postalCode: 'zip', identity: {}, emailPlaces: 7, gateNames: 'Marketo V2', cookiePath: 'a.b', traits: {}, events: null },
    malformed('invalid', ['traits'], 'an object', mendList),
    malformed('invalid', ['events'], 'null', mendList),
    malformed('invalid', ['postalCode'], 'text', mendList),
    malformed('invalid', ['identity'], 'an object', mendList),
    malformed('invalid', ['emailPlaces'], 'a number', mendList),
    malformed('invalid', ['gateNames'], 'text', mendList),
    malformed('invalid', ['cookiePath'], 'text', mendList)
  ),
  says('words in lists that are not known', ours, { postalCode: ['zip', 'zipCode'], identity: ['e-mail'], emailPlaces: ['trait'], gateNames: [' '], cookiePath: ['a', 1] },
    unknown('invalid', ['postalCode', 1], null, oneOf('zip, postalCode')),
    unknown('invalid', ['identity', 0], 'email', oneOf('email, userId, anonymousId')),
    unknown('invalid', ['emailPlaces', 0], 'traits', oneOf('traits, context.traits, properties, userId')),
    malformed('invalid', ['gateNames', 0], 'blank text', mendText),
    malformed('invalid', ['cookiePath', 1], 'a number', mendText),
    missing('invalid', ['identity'], 'name at least one id: email, userId, anonymousId')
  ),
  says('no id at all', near, { identity: [] }, missing('invalid', ['identity'], 'name at least one id: email, userId, anonymousId')),
  says('blank text is none where none will do', ours, { partitionName: ' ', pageOrigin: '', genderField: '', marketoFormId: '', marketoHostUrl: ' ' }),
  says('an origin with a path', ours, { pageOrigin: 'https://a.test/b' }, malformed('invalid', ['pageOrigin'], 'text that is no origin', mendOrigin)),
  says('an origin without a scheme', near, { pageOrigin: '//a.test' }, malformed('invalid', ['pageOrigin'], 'text that is no origin', mendOrigin)),
  says('an origin with a password', near, { pageOrigin: 'https://u:p@a.test' }, malformed('invalid', ['pageOrigin'], 'text that is no origin', mendOrigin)),
  says('an origin that is no page of the web', near, { pageOrigin: 'ftp://a.test' }, malformed('invalid', ['pageOrigin'], 'text that is no origin', mendOrigin)),
  says('a zone that there is not', ours, { browserZone: 1081 }, malformed('invalid', ['browserZone'], 'a number', 'expected a whole number from -1080 to 1080')),
  says('options of Munchkin that it cannot take', ours, { munchkinOptions: { altIds: [1], domainLevel: null, httpsOnly: true } }, malformed('invalid', ['munchkinOptions', 'altIds', 0], 'a number', 'expected text'), malformed('invalid', ['munchkinOptions', 'domainLevel'], 'null', mendScalar)),

  // ── fields of the ids and of gender
  says('one field for both ids', contract, { userIdField: 'ext__c', anonymousIdField: 'ext__c' }, conflict('invalid', ['anonymousIdField'], ['userIdField'], 'two settings name one lead field: name another one')),
  says('the default field of the other id', near, { userIdField: 'anonymousId' }, conflict('invalid', ['anonymousIdField'], ['userIdField'], 'two settings name one lead field: name another one')),
  says('the lead’s own number for an id', near, { userIdField: 'id' }, malformed('invalid', ['userIdField'], 'the field id', mendNumeric)),
  says('the lead’s own number for gender', near, { genderField: 'id' }, malformed('invalid', ['genderField'], 'the field id', mendNumeric)),
  says('the field of a standard trait for an id', near, { anonymousIdField: 'email' }, malformed('invalid', ['anonymousIdField'], 'the field of a standard trait', mendStandard)),
  says('the field of a standard trait for gender', near, { genderField: 'firstName' }, malformed('invalid', ['genderField'], 'the field of a standard trait', mendStandard)),
  says('the field of an id for gender', near, { genderField: 'userId' }, conflict('invalid', ['genderField'], ['userIdField'], 'two settings name one lead field: name another one')),
  says('gender in its own field', near, { genderField: 'gender' }),
  says('a field name that is none', ours, { userIdField: '__proto__', anonymousIdField: '1st' }, malformed('invalid', ['userIdField'], 'text that is no field name', mendField), malformed('invalid', ['anonymousIdField'], 'text that is no field name', mendField)),

  // ── the browser's side
  says('a browser without a form', 'Segment "Marketo v2", Device-mode', { mode: 'device' }, missing('warning', ['formId'], mendForm), missing('warning', ['formHost'], mendForm)),
  says('blank form settings as Segment stores them', 'Segment "Marketo v2", Device-mode', { beta: true, marketoFormId: '', marketoHostUrl: '' }, missing('warning', ['formId'], mendForm), missing('warning', ['formHost'], mendForm)),
  says('a server needs no form', near, { mode: 'cloud' }),
  says('a form id with something behind it', 'vector v2-identify-069', { mode: 'device', marketoFormId: '1001abc', marketoHostUrl: '//a.test' }),
  says('a form id that is none', ours, { formId: 'abc' }, malformed('invalid', ['formId'], 'text', mendForId)),
  says('a form id of zero', near, { formId: 0 }, malformed('invalid', ['formId'], 'a number', mendForId)),
  says('a form id that is too long is not cut', near, { formId: '12345678901' }, malformed('invalid', ['formId'], 'text', mendForId)),
  says('a field that forms cannot name', 'design.md 4, Field names', { mode: 'hybrid', formId: 1, formHost: '//a.test', ...traits({ trait: 'when', field: 'mktoAcquisitionDate' }) }, risky(['traits', 0, 'field'], 'unusual', mendSoap)),
  says('which is no matter to a server', near, traits({ trait: 'when', field: 'mktoAcquisitionDate' })),
  says('nor to Segment’s own code, which sends any name', near, { mode: 'device', browserProfile: 'exact', formId: 1, formHost: '//a.test', ...traits({ trait: 'when', field: 'mktoAcquisitionDate' }) }),
  says('nor are fields that forms can name', near, { mode: 'device', formId: 1, formHost: '//a.test', ...traits(plan, { trait: 'fax', field: 'fax' }) }),
  says('a field for gender that forms cannot name', near, { mode: 'device', formId: 1, formHost: '//a.test', genderField: 'syndicationId' }, risky(['genderField'], 'unusual', mendNamer)),

  // ── trait rows
  says('a row that is none', ours, traits('plan', null, 7), malformed('invalid', ['traits', 0], 'text', mendRow), malformed('invalid', ['traits', 1], 'null', mendRow), malformed('invalid', ['traits', 2], 'a number', mendRow)),
  says('a row without anything', contract, traits({}), missing('invalid', ['traits', 0, 'trait'], 'name the trait of the identify call'), missing('invalid', ['traits', 0, 'field'], 'name the lead field by its REST API name')),
  says('a row with blanks', contract, traits({ segmentTrait: ' ', marketoFieldName: '' }), malformed('invalid', ['traits', 0, 'segmentTrait'], 'blank text', mendText), malformed('invalid', ['traits', 0, 'marketoFieldName'], 'empty text', mendText)),
  says('a row with wrong kinds', contract, traits({ trait: 1, field: {}, type: 3, length: '-1', default: [], transforms: 'trim' }),
    malformed('invalid', ['traits', 0, 'trait'], 'a number', mendText),
    malformed('invalid', ['traits', 0, 'field'], 'an object', mendText),
    malformed('invalid', ['traits', 0, 'type'], 'a number', mendText),
    malformed('invalid', ['traits', 0, 'length'], 'text', 'expected a whole number from 1 to 65536'),
    malformed('invalid', ['traits', 0, 'default'], 'a list', mendScalar),
    malformed('invalid', ['traits', 0, 'transforms'], 'text', mendList)
  ),
  says('a key of a row that is not known', ours, traits({ ...plan, marketoFieldtype: 'string' }), unknown('warning', ['traits', 0, 'marketoFieldtype'], 'marketoFieldType', mendKey)),
  says('both names of a row’s member', near, traits({ ...plan, segmentTrait: 'tier' }), conflict('warning', ['traits', 0, 'segmentTrait'], ['traits', 0, 'trait'], mendTwice)),
  says('a type called number', 'Marketo, Field Management', traits({ ...plan, type: 'number' }, { trait: 'a', field: 'a__c', type: ' Number ' }), unknown('invalid', ['traits', 0, 'type'], null, mendNumber), unknown('invalid', ['traits', 1, 'type'], null, mendNumber)),
  says('a type that is nearly one', ours, traits({ segmentTrait: 'plan', marketoFieldName: 'plan__c', marketoFieldType: 'intger' }), unknown('invalid', ['traits', 0, 'marketoFieldType'], 'integer', mendTypes)),
  says('types that are nearly one, and one that is not', ours,
    traits({ ...plan, type: 'strng' }, { trait: 'a', field: 'a__c', type: 'flot' }, { trait: 'b', field: 'b__c', type: 'bolean' }, { trait: 'c', field: 'c__c', type: 'dat' }, { trait: 'd', field: 'd__c', type: 'datetme' }, { trait: 'e', field: 'e__c', type: 'tex' }, { trait: 'f', field: 'f__c', type: 'object' }),
    unknown('invalid', ['traits', 0, 'type'], 'string', mendTypes),
    unknown('invalid', ['traits', 1, 'type'], 'float', mendTypes),
    unknown('invalid', ['traits', 2, 'type'], 'boolean', mendTypes),
    unknown('invalid', ['traits', 3, 'type'], 'date', mendTypes),
    unknown('invalid', ['traits', 4, 'type'], 'datetime', mendTypes),
    unknown('invalid', ['traits', 5, 'type'], 'text', mendTypes),
    unknown('invalid', ['traits', 6, 'type'], null, mendTypes)
  ),
  says('types as Marketo’s screens spell them', 'Adobe "Field Types"', traits({ ...plan, type: 'Text Area' }, { trait: 'a', field: 'a__c', type: 'Integer' }, { trait: 'b', field: 'b__c', type: 'lead_function' })),
  says('another type than Marketo’s own', 'lead-fields.ts', traits({ trait: 'size', field: 'numberOfEmployees', type: 'string' }), risky(['traits', 0, 'type'], 'unusual', 'Marketo’s own type of this field is integer, and that one counts')),
  says('the same under Segment’s name of the member', near, traits({ key: 'x', value: { segmentTrait: 'size', marketoFieldName: 'numberOfEmployees', marketoFieldType: 'string' } }), risky(['traits', 0, 'value', 'marketoFieldType'], 'unusual', 'Marketo’s own type of this field is integer, and that one counts')),
  says('Marketo’s own type', near, traits({ trait: 'size', field: 'numberOfEmployees', type: 'integer' })),
  says('any type where Marketo’s own is not known', near, traits({ trait: 'x', field: 'jigsawContactId', type: 'integer' })),
  says('a field that Marketo keeps itself', 'lead-fields.ts', traits({ trait: 'createdAt', field: 'createdAt' }), risky(['traits', 0, 'field'], 'unusual', 'Marketo keeps this field itself and may refuse it: map the trait to another one')),
  says('the lead’s own number', 'design.md 4, id trait', traits({ trait: 'id', field: 'id' }), malformed('invalid', ['traits', 0, 'field'], 'the field id', mendOwn)),
  says('the same under Segment’s name of the member', near, traits({ trait: 'id', marketoFieldName: 'id' }), malformed('invalid', ['traits', 0, 'marketoFieldName'], 'the field id', mendOwn)),
  says('rows that cannot be read claim no field', near, traits({ field: 'plan__c' }, { ...plan, type: 'number' }, plan), missing('invalid', ['traits', 0, 'trait'], 'name the trait of the identify call'), unknown('invalid', ['traits', 1, 'type'], null, mendNumber)),
  says('a field name that is no key of ours', near, traits({ trait: 'a', field: '__proto__' }, { trait: 'b', field: 'a-b' }, { trait: 'c', field: 'constructor' }), malformed('invalid', ['traits', 0, 'field'], 'text that is no field name', mendField), malformed('invalid', ['traits', 1, 'field'], 'text that is no field name', mendField)),
  says('two rows that claim one field', 'law M3', traits(plan, { trait: 'tier', field: 'plan__c' }), conflict('invalid', ['traits', 1, 'field'], ['traits', 0, 'field'], mendOneField)),
  says('two rows that claim one field, where they stand', near,
    traits('x', { segmentTrait: 'plan', marketoFieldName: 'plan__c' }, { key: 'k', value: { trait: 'tier', marketoFieldName: 'plan__c' } }, { ...plan, trait: 'third' }),
    malformed('invalid', ['traits', 0], 'text', mendRow),
    conflict('invalid', ['traits', 2, 'value', 'marketoFieldName'], ['traits', 1, 'marketoFieldName'], mendOneField),
    conflict('invalid', ['traits', 3, 'field'], ['traits', 1, 'marketoFieldName'], mendOneField)
  ),
  says('a row that claims the field of an id', contract, traits({ trait: 'uid', field: 'userId' }, { segmentTrait: 'aid', marketoFieldName: 'anonymousId' }),
    conflict('invalid', ['traits', 0, 'field'], ['userIdField'], 'the id of the call goes there: map the trait to another field'),
    conflict('invalid', ['traits', 1, 'marketoFieldName'], ['anonymousIdField'], 'the id of the call goes there: map the trait to another field')
  ),
  says('a row may take the field of gender over', near, { genderField: 'gender__c', ...traits({ trait: 'sex', field: 'gender__c' }) }),
  says('fields that differ in case are two', near, traits(plan, { trait: 'tier', field: 'Plan__c' })),
  says('one trait for two fields', near, traits(plan, { trait: 'plan', field: 'tier__c' })),
  says('a default that cannot be the type', near, traits({ ...plan, type: 'integer', default: 'many' }), malformed('invalid', ['traits', 0, 'default'], 'text', 'send a whole number, as a number or in plain digits')),
  says('a default that the transforms refuse', near, traits({ ...plan, default: 'x', transforms: [{ table: {} }] }), malformed('invalid', ['traits', 0, 'default'], 'text', 'add the value to the table of this mapping, or give it `otherwise`')),
  says('a default for the email', near, traits({ trait: 'mail', field: 'email', default: 'x@example.com' }), malformed('invalid', ['traits', 0, 'default'], 'a default for the email', 'all calls without an email would be about one lead: leave the default out')),
  says('transforms that are none', ours, traits({ ...plan, transforms: ['trimm', 7, {}, { table: [] }, { table: { a: null } }, { join: 1 }, { cut: 0 }, { date: 'DD.MM.YY' }] }),
    unknown('invalid', ['traits', 0, 'transforms', 0], 'trim', mendTransform),
    malformed('invalid', ['traits', 0, 'transforms', 1], 'a number', mendTransform),
    malformed('invalid', ['traits', 0, 'transforms', 2], 'an object', mendDate),
    malformed('invalid', ['traits', 0, 'transforms', 3, 'table'], 'a list', mendRow),
    malformed('invalid', ['traits', 0, 'transforms', 4, 'table', 'a'], 'null', mendScalar),
    malformed('invalid', ['traits', 0, 'transforms', 5, 'join'], 'a number', 'expected text'),
    malformed('invalid', ['traits', 0, 'transforms', 6, 'cut'], 'a number', 'expected a whole number from 1 to 65536'),
    malformed('invalid', ['traits', 0, 'transforms', 7], 'an object', mendDate)
  ),
  says('transforms that are nearly one', ours, traits({ ...plan, transforms: ['lowr', 'uper'] }), unknown('invalid', ['traits', 0, 'transforms', 0], 'lower', mendTransform), unknown('invalid', ['traits', 0, 'transforms', 1], 'upper', mendTransform)),
  says('a transform with something beside it', near, traits({ ...plan, transforms: [{ table: {}, otherwize: 'x' }, { cut: 5, join: ',' }] }),
    unknown('warning', ['traits', 0, 'transforms', 0, 'otherwize'], 'otherwise', mendKey),
    unknown('warning', ['traits', 0, 'transforms', 1, 'cut'], null, mendKey)
  ),

  // ── event rows
  says('an event row without anything', contract, { events: [{}] },
    missing('invalid', ['events', 0, 'event'], 'name the track event'),
    missing('invalid', ['events', 0, 'activityTypeId'], 'give the number of the custom activity, as Marketo Custom Activities shows it'),
    missing('invalid', ['events', 0, 'attributes'], mendPrimary)
  ),
  says('an event row with wrong kinds', contract, { events: [{ event: 1, marketoActivityId: '1.5', segmentProperty: {} }] },
    malformed('invalid', ['events', 0, 'event'], 'a number', mendText),
    malformed('invalid', ['events', 0, 'marketoActivityId'], 'text', 'expected a whole number from 1 to 9007199254740991'),
    malformed('invalid', ['events', 0, 'segmentProperty'], 'an object', mendList)
  ),
  says('an activity’s number as digits', stored, event({ activityTypeId: undefined, marketoActivityId: ' 100001 ' })),
  says('two rows for one event', contract, { events: [{ event: 'A', activityTypeId: 1, attributes: [primary] }, { event: 'A', activityTypeId: 2, attributes: [primary] }] }, conflict('invalid', ['events', 1, 'event'], ['events', 0, 'event'], mendOneEvent)),
  says('two events that differ in case', near, { events: [{ event: 'A', activityTypeId: 1, attributes: [primary] }, { event: 'a', activityTypeId: 2, attributes: [primary] }] }),
  says('no primary attribute', contract, event({ attributes: [{ ...primary, primary: false }] }), missing('invalid', ['events', 0, 'attributes'], mendPrimary)),
  says('no primary attribute, in Segment’s shape', contract, event({ attributes: undefined, segmentProperty: [{ segmentProperty: 'a', marketoAttributeName: 'a', primaryKey: false }] }), missing('invalid', ['events', 0, 'segmentProperty'], mendPrimary)),
  says('two primary attributes', contract, attribute({ property: 'b', attribute: 'b', primary: true }), malformed('invalid', ['events', 0, 'attributes'], '2 primary attributes', 'mark just one attribute as primary')),
  says('a primary attribute that cannot be read is not missing as well', near, event({ attributes: [{ attribute: 'plan', primary: true }] }), missing('invalid', ['events', 0, 'attributes', 0, 'property'], 'name the property of the track call')),
  says('two rows that claim one attribute', ours, attribute({ property: 'b', attribute: 'plan' }), conflict('invalid', [...atAttribute, 'attribute'], ['events', 0, 'attributes', 0, 'attribute'], mendOneAttribute)),
  says('an attribute row with wrong kinds', contract, attribute({ segmentProperty: '', marketoAttributeName: 1, marketoAttributeType: 'number', primaryKey: 'no', default: {}, transforms: [null] }),
    malformed('invalid', [...atAttribute, 'segmentProperty'], 'empty text', mendText),
    malformed('invalid', [...atAttribute, 'marketoAttributeName'], 'a number', mendText),
    unknown('invalid', [...atAttribute, 'marketoAttributeType'], null, mendNumber),
    malformed('invalid', [...atAttribute, 'primaryKey'], 'text', mendFlag),
    malformed('invalid', [...atAttribute, 'default'], 'an object', mendScalar),
    malformed('invalid', [...atAttribute, 'transforms', 0], 'null', mendTransform)
  ),
  says('two rows that claim one attribute, in Segment’s shape', near,
    event({ attributes: undefined, segmentProperty: [{ segmentProperty: 'a', marketoAttributeName: 'a', primaryKey: true }, { key: 'b', value: { segmentProperty: 'b', marketoAttributeName: 'a' } }] }),
    conflict('invalid', ['events', 0, 'segmentProperty', 1, 'value', 'marketoAttributeName'], ['events', 0, 'segmentProperty', 0, 'marketoAttributeName'], mendOneAttribute)
  ),
  says('an attribute row that is none', ours, attribute('plan'), malformed('invalid', atAttribute, 'text', mendRow)),
  says('attribute rows without a name claim nothing', near, event({ attributes: [primary, { property: 'a' }, { property: 'b' }] }),
    missing('invalid', ['events', 0, 'attributes', 1, 'attribute'], 'name the attribute by its API name'),
    missing('invalid', ['events', 0, 'attributes', 2, 'attribute'], 'name the attribute by its API name')
  ),
  says('attribute rows that cannot be read claim nothing', near,
    event({ attributes: [primary, { attribute: 'a' }, { property: 'b', attribute: 'a', type: 'number' }, { property: 'c', attribute: 'a', primary: 'no' }, { property: 'd', attribute: 'a' }] }),
    missing('invalid', ['events', 0, 'attributes', 1, 'property'], 'name the property of the track call'),
    unknown('invalid', ['events', 0, 'attributes', 2, 'type'], null, mendNumber),
    malformed('invalid', ['events', 0, 'attributes', 3, 'primary'], 'text', mendFlag)
  ),
  says('event rows that cannot be read claim nothing', near,
    { events: [{ activityTypeId: 1, attributes: [primary] }, { activityTypeId: 2, attributes: [primary] }, { event: 'A', activityTypeId: 3, attributes: {} }, { event: 'A', activityTypeId: 4, attributes: [primary] }] },
    missing('invalid', ['events', 0, 'event'], 'name the track event'),
    missing('invalid', ['events', 1, 'event'], 'name the track event'),
    malformed('invalid', ['events', 2, 'attributes'], 'an object', mendList)
  ),
  says('keys of event and attribute rows that are not known', ours, { events: [{ event: 'A', activityTypeID: 1, activityTypeId: 1, attributes: [{ ...primary, primarykey: true }] }] },
    unknown('warning', ['events', 0, 'activityTypeID'], 'activityTypeId', mendKey),
    unknown('warning', ['events', 0, 'attributes', 0, 'primarykey'], 'primaryKey', mendKey)
  ),
  says('both names of their members', near,
    { events: [{ event: 'A', activityTypeId: 1, marketoActivityId: 2, segmentProperty: [], attributes: [{ ...primary, segmentProperty: 'x', marketoAttributeName: 'y', type: 'string', marketoAttributeType: 'text', primaryKey: false }] }] },
    conflict('warning', ['events', 0, 'marketoActivityId'], ['events', 0, 'activityTypeId'], mendTwice),
    conflict('warning', ['events', 0, 'segmentProperty'], ['events', 0, 'attributes'], mendTwice),
    conflict('warning', ['events', 0, 'attributes', 0, 'segmentProperty'], ['events', 0, 'attributes', 0, 'property'], mendTwice),
    conflict('warning', ['events', 0, 'attributes', 0, 'marketoAttributeName'], ['events', 0, 'attributes', 0, 'attribute'], mendTwice),
    conflict('warning', ['events', 0, 'attributes', 0, 'marketoAttributeType'], ['events', 0, 'attributes', 0, 'type'], mendTwice),
    conflict('warning', ['events', 0, 'attributes', 0, 'primaryKey'], ['events', 0, 'attributes', 0, 'primary'], mendTwice)
  ),
  says('both names of a trait row’s field and type', near, traits({ trait: 'a', field: 'a__c', marketoFieldName: 'b__c', type: 'string', marketoFieldType: 'text' }),
    conflict('warning', ['traits', 0, 'marketoFieldName'], ['traits', 0, 'field'], mendTwice),
    conflict('warning', ['traits', 0, 'marketoFieldType'], ['traits', 0, 'type'], mendTwice)
  ),
  says('an event row that is none', ours, { events: [null] }, malformed('invalid', ['events', 0], 'null', mendRow)),
  says('an event row that cannot be used claims nothing', near, { events: [{ event: 'A', activityTypeId: 1, attributes: [primary] }, { event: 'A', attributes: [primary] }] }, missing('invalid', ['events', 1, 'activityTypeId'], 'give the number of the custom activity, as Marketo Custom Activities shows it')),
  says('a default of an attribute that cannot be the type', near, attribute({ property: 'b', attribute: 'b', type: 'date', default: 'soon' }), malformed('invalid', [...atAttribute, 'default'], 'text', 'send a day of the calendar as YYYY-MM-DD, or an ISO 8601 time')),
  says('twenty attributes beside the primary one', 'Adobe "Custom Activities"', event({ attributes: [primary, ...Array.from({ length: 20 }, (_, i) => ({ property: `p${i}`, attribute: `a${i}` }))] })),
  says('one more', 'Adobe "Custom Activities"', event({ attributes: [primary, ...Array.from({ length: 21 }, (_, i) => ({ property: `p${i}`, attribute: `a${i}` }))] }), malformed('invalid', ['events', 0, 'attributes'], '21 further attributes', 'a custom activity takes 20 besides the primary one'))
]
