/**
 * identify, decision by decision: each default, and each option that departs from it.
 */
import { both, conflict, device, excluded, form, key, left, malformed, type MappingCase, missing, munchkinId, right, unknown, upsert } from './mapping-case.js'

const identity = 'design.md 4, Identity, v2; Segment "Marketo v2", Preventing Duplicate Leads'
const broken = 'design.md 4, A present but invalid email'
const anonymous = 'design.md 4, Anonymous activity'
const names = 'design.md 4, Name split; law N5, N6'
const postal = 'design.md 4, Postal code'
const company = 'design.md 4, Company'
const gender = 'design.md 4, Gender'
const birthday = 'design.md 4, Birthday'
const absence = 'design.md 4, Absent, null, empty'
const mapped = 'design.md 4, Mapped names; Segment "Marketo v2", Traits'
const cookie = 'design.md 4, Cookie place'
const near = 'near miss'

const email = 'ana@example.com'
const ana = key('email', email)
const ids = { email, userId: 'u1' }

const identify = (traits: unknown, more: Readonly<Record<string, unknown>> = {}) => ({ type: 'identify', userId: 'u1', traits, ...more })

/** An identify of Ana with these traits and settings, and the fields beside her ids. */
const gives = (
  name: string,
  source: string,
  traits: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>> = {}
): MappingCase => ({
  name,
  source,
  input: { settings, event: identify({ email, ...traits }) },
  expected: right(upsert(ana, { ...ids, ...fields }))
})

/** The same when something is to be said as well. */
const givesWith = (
  name: string,
  source: string,
  traits: Readonly<Record<string, unknown>>,
  problems: ReadonlyArray<unknown>,
  fields: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>> = {}
): MappingCase => ({
  name,
  source,
  input: { settings, event: identify({ email, ...traits }) },
  expected: both(problems, upsert(ana, { ...ids, ...fields }))
})

const mendEmail = 'send one address in plain ASCII, such as ana@example.com'
const mendText = 'send one text, number or boolean; a list or an object never becomes text'
const mendDay = 'send a day of the calendar as YYYY-MM-DD, or an ISO 8601 time'
const mendTwins = 'two spellings of one trait: send one of them'
const mendSpelling = 'mapped names are exact: spell the trait as the mapping does'
const mendWhole = 'send a whole number, as a number or in plain digits'

const plan = { trait: 'plan', field: 'planName__c' }

const token = '_mch-example.com-1374552656411-90718'
const text = `id:${munchkinId}&token:${token}`
const associated = (lead: unknown) => ({ _tag: 'AssociateCookie', munchkinId, lead, visitor: { _tag: 'Cookie', cookie: text } })

/** An identify with a cookie somewhere: the lead, and the browser that is hers. */
const withCookie = (
  name: string,
  more: Readonly<Record<string, unknown>>,
  problems: ReadonlyArray<unknown>,
  isOurs: boolean,
  settings: Readonly<Record<string, unknown>> = {}
): MappingCase => {
  const intents = isOurs ? [upsert(ana, ids), associated(ana)] : [upsert(ana, ids)]
  return {
    name,
    source: cookie,
    input: { settings, event: identify({ email }, more) },
    expected: problems.length === 0 ? right(...intents) : both(problems, ...intents)
  }
}

export const identifyCases: ReadonlyArray<MappingCase> = [
  // ── identity
  {
    name: 'without an email the userId is the key',
    source: identity,
    input: { settings: {}, event: identify({ phone: '1' }) },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1', phone: '1' }))
  },
  {
    name: 'without either the anonymousId is the key, when anonymous activity is on',
    source: anonymous,
    input: { settings: { anonymousActivity: true }, event: { type: 'identify', anonymousId: 'a1', traits: {} } },
    expected: right(upsert(key('anonymousId', 'a1'), { anonymousId: 'a1' }))
  },
  {
    name: 'the anonymousId goes by its old name as well',
    source: anonymous,
    input: { settings: { anonymousActivity: true }, event: { type: 'identify', sessionId: 'a1', traits: {} } },
    expected: right(upsert(key('anonymousId', 'a1'), { anonymousId: 'a1' }))
  },
  {
    name: 'all three ids are written when anonymous activity is on',
    source: identity,
    input: { settings: { anonymousActivity: true }, event: identify({ email }, { anonymousId: 'a1' }) },
    expected: right(upsert(ana, { ...ids, anonymousId: 'a1' }))
  },
  {
    name: 'an anonymous identify with an email is sent when anonymous activity is on',
    source: anonymous,
    input: { settings: { anonymousActivity: true }, event: { type: 'identify', anonymousId: 'a1', traits: { email } } },
    expected: right(upsert(ana, { email, anonymousId: 'a1' }))
  },
  {
    name: 'nobody at all',
    source: identity,
    input: { settings: { anonymousActivity: true }, event: { type: 'identify', userId: ' ', traits: { phone: '1' } } },
    expected: left(missing('invalid', ['userId'], 'send an email or a userId'))
  },
  {
    name: 'a userId that is an email is both',
    source: 'Segment facade, email()',
    input: { settings: {}, event: { type: 'identify', userId: email, traits: {} } },
    expected: right(upsert(ana, { email, userId: email }))
  },
  {
    name: 'a userId that only looks like an email is a userId',
    source: near,
    input: { settings: {}, event: { type: 'identify', userId: 'x y@z.q w', traits: {} } },
    expected: right(upsert(key('userId', 'x y@z.q w'), { userId: 'x y@z.q w' }))
  },
  {
    name: 'the email trait comes before a userId that is an email',
    source: near,
    input: { settings: {}, event: { type: 'identify', userId: 'bo@example.com', traits: { email } } },
    expected: right(upsert(ana, { email, userId: 'bo@example.com' }))
  },
  {
    name: 'a numeric userId is text, zero too',
    source: near,
    input: { settings: {}, event: { type: 'identify', userId: 0, traits: {} } },
    expected: right(upsert(key('userId', '0'), { userId: '0' }))
  },
  {
    name: 'an empty email is none',
    source: absence,
    input: { settings: {}, event: identify({ email: '' }) },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1' }))
  },
  {
    name: 'a null email is none, and is never cleared',
    source: absence,
    input: { settings: { clearOnNull: true }, event: identify({ email: null }) },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1' }))
  },
  {
    name: 'the email of the context is not an identify’s',
    source: 'Segment facade, email()',
    input: { settings: {}, event: identify({}, { context: { traits: { email } } }) },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1' }))
  },
  {
    name: 'the email goes by any spelling of its name',
    source: 'Segment facade, obj-case',
    input: { settings: {}, event: identify({ 'E-Mail': email }) },
    expected: right(upsert(ana, ids))
  },
  {
    name: 'an email that is none stops the event: it does not fall through to the userId',
    source: broken,
    input: { settings: {}, event: identify({ email: 'not-an-email', phone: '1' }) },
    expected: left(malformed('invalid', ['traits', 'email'], 'text', mendEmail))
  },
  {
    name: 'an email with a blank beside it is not mended in silence',
    source: broken,
    input: { settings: {}, event: identify({ email: `${email} ` }) },
    expected: left(malformed('invalid', ['traits', 'email'], 'text', 'take away the blanks around the address'))
  },
  {
    name: 'an email that is a number stops the event',
    source: broken,
    input: { settings: {}, event: identify({ Email: 42 }) },
    expected: left(malformed('invalid', ['traits', 'Email'], 'a number', mendEmail))
  },
  {
    name: 'of a call that is stopped nothing is said but why',
    source: broken,
    input: { settings: {}, event: identify({ email: 'not-an-email', phone: {}, company: ['x'] }) },
    expected: left(malformed('invalid', ['traits', 'email'], 'text', mendEmail))
  },
  {
    name: 'with next-key an email that is none is dropped and the userId is the key',
    source: broken,
    input: { settings: { invalidEmail: 'next-key' }, event: identify({ email: 'not-an-email' }) },
    expected: both([malformed('dropped', ['traits', 'email'], 'text', mendEmail)], upsert(key('userId', 'u1'), { userId: 'u1' }))
  },
  {
    name: 'with next-key and no other id there is nobody',
    source: broken,
    input: { settings: { invalidEmail: 'next-key', anonymousActivity: true }, event: { type: 'identify', traits: { email: 'x' } } },
    expected: left(malformed('dropped', ['traits', 'email'], 'text', mendEmail), missing('invalid', ['userId'], 'send an email or a userId'))
  },
  {
    name: 'the order of the ids is a setting',
    source: identity,
    input: { settings: { identity: ['userId', 'email'] }, event: identify({ email }) },
    expected: right(upsert(key('userId', 'u1'), ids))
  },
  {
    name: 'an id that the order leaves out is written and is no key',
    source: identity,
    input: { settings: { identity: ['userId'] }, event: identify({ email }) },
    expected: right(upsert(key('userId', 'u1'), ids))
  },
  {
    name: 'the fields of the ids are settings',
    source: 'Segment "Marketo v2", Create a User ID field',
    input: {
      settings: { userIdField: 'externalId__c', anonymousIdField: 'visitor__c', anonymousActivity: true },
      event: { type: 'identify', userId: 'u1', anonymousId: 'a1', traits: {} }
    },
    expected: right(upsert(key('externalId__c', 'u1'), { externalId__c: 'u1', visitor__c: 'a1' }))
  },
  {
    name: 'a userId longer than its field is dropped, and the email stands',
    source: 'Adobe "Field Types", string',
    input: { settings: {}, event: { type: 'identify', userId: 'u'.repeat(256), traits: { email } } },
    expected: both([malformed('dropped', ['userId'], 'text', 'shorten it to 255 characters')], upsert(ana, { email }))
  },
  {
    name: 'leads are only updated when settings say so, and then no partition is named',
    source: 'design.md 4, Identity: createLead',
    input: { settings: { createLead: false, partitionName: 'Europe' }, event: identify({ email }) },
    expected: right(upsert(ana, ids, { action: 'updateOnly' }))
  },
  {
    name: 'new leads go to the partition of the settings',
    source: 'Adobe "Sync Leads", partitionName',
    input: { settings: { partitionName: 'Europe' }, event: identify({ email }) },
    expected: right(upsert(ana, ids, { partitionName: 'Europe' }))
  },
  {
    name: 'anonymous activity off: the anonymousId stays even when the call has a userId',
    source: anonymous,
    input: { settings: {}, event: identify({ email }, { anonymousId: 'a1' }) },
    expected: right(upsert(ana, ids))
  },
  {
    name: 'traits that PHP wrote as an empty list',
    source: 'Segment "Build functions": empty lists',
    input: { settings: {}, event: identify([]) },
    expected: right(upsert(key('userId', 'u1'), { userId: 'u1' }))
  },

  // ── names
  gives('a full name is split at its first space', names, { name: 'Ana de la Cruz' }, { firstName: 'Ana', lastName: 'de la Cruz' }),
  gives('a name of one word is a first name', names, { name: 'Ana' }, { firstName: 'Ana' }),
  gives('blanks around and inside a name do not count', names, { name: ' \u00a0Ana \t  Cruz ' }, { firstName: 'Ana', lastName: 'Cruz' }),
  gives('a first name of its own is not taken from the full name', near, { firstName: 'Anita', name: 'Ana Cruz' }, { firstName: 'Anita', lastName: 'Cruz' }),
  gives('a last name of its own is not taken from the full name', near, { lastName: 'Pérez', name: 'Ana Cruz' }, { firstName: 'Ana', lastName: 'Pérez' }),
  gives('with both names of its own the full name is not split', near, { firstName: 'A', lastName: 'B', name: 'C D' }, { firstName: 'A', lastName: 'B' }),
  gives('an empty first name wins over the full name, and is left out', names, { firstName: '', name: 'Ana Cruz' }, { lastName: 'Cruz' }),
  gives('a blank first name is empty', names, { firstName: '  ', name: 'Ana Cruz' }, { lastName: 'Cruz' }),
  gives('a null first name falls back to the full name', names, { firstName: null, name: 'Ana Cruz' }, { firstName: 'Ana', lastName: 'Cruz' }),
  gives('a null first name falls back to the full name also where null clears', near, { firstName: null, name: 'Ana Cruz' }, { firstName: 'Ana', lastName: 'Cruz' }, { clearOnNull: true }),
  givesWith(
    'a last name that is a number gives way to the full name, and is said to',
    `${names}, M5`,
    { lastName: 7, name: 'Ana Cruz' },
    [malformed('dropped', ['traits', 'lastName'], 'a number', 'send names as text')],
    { firstName: 'Ana', lastName: 'Cruz' }
  ),
  gives('a full name that is no text is nobody’s business beside both names', near, { firstName: 'Ana', lastName: 'Cruz', name: {} }, { firstName: 'Ana', lastName: 'Cruz' }),
  givesWith(
    'but it is beside one of them',
    near,
    { firstName: 'Ana', name: {} },
    [malformed('dropped', ['traits', 'name'], 'an object', 'send names as text')],
    { firstName: 'Ana' }
  ),
  givesWith(
    'or the other',
    near,
    { lastName: 'Cruz', name: 7 },
    [malformed('dropped', ['traits', 'name'], 'a number', 'send names as text')],
    { lastName: 'Cruz' }
  ),
  gives('a null last name is cleared where nothing replaces it', absence, { lastName: null, name: 'Ana' }, { firstName: 'Ana', lastName: null }, { clearOnNull: true }),
  gives('a first name that is a number and that nothing replaces is its digits', 'law M5', { firstName: 7 }, { firstName: '7' }),
  givesWith(
    'a first name that is a number gives way to the full name, and is said to',
    `${names}, M5`,
    { firstName: 7, name: 'Ana Cruz' },
    [malformed('dropped', ['traits', 'firstName'], 'a number', 'send names as text')],
    { firstName: 'Ana', lastName: 'Cruz' }
  ),
  givesWith('a full name that is an object is dropped', 'law M5', { name: { first: 'Ana' } }, [malformed('dropped', ['traits', 'name'], 'an object', 'send names as text')], {}),
  givesWith('a last name that is a list is dropped', 'law M6', { lastName: ['Cruz'] }, [malformed('dropped', ['traits', 'lastName'], 'a list', mendText)], {}),
  gives('as Segment’s facade splits: a tab is no space', `${names}, facade`, { name: 'Ana\tCruz' }, { firstName: 'Ana\tCruz' }, { nameSplit: 'facade' }),
  gives('as Segment’s facade splits: two blanks in front move the cut', 'facade vector identify-lastName-025', { name: '  Ana Cruz' }, { firstName: 'Ana', lastName: 'a Cruz' }, { nameSplit: 'facade' }),

  // ── address
  gives('zip comes before postalCode', postal, { address: { zip: '97405', postalCode: '69001' } }, { postalCode: '97405' }),
  gives('postalCode comes first when settings say so', postal, { address: { zip: '97405', postalCode: '69001' } }, { postalCode: '69001' }, { postalCode: ['postalCode', 'zip'] }),
  gives('an empty zip gives way to postalCode', postal, { address: { zip: '', postalCode: '69001' } }, { postalCode: '69001' }),
  gives('postalCode is not read when settings name zip alone', postal, { address: { postalCode: '69001' } }, {}, { postalCode: ['zip'] }),
  gives('a postal code that is a number is its digits', 'law M5', { address: { postal_code: 97405 } }, { postalCode: '97405' }),
  gives('parts of an address at the top level are no address', near, { city: 'Nice', country: 'FR', zip: '06000', postalCode: '06000', state: 'PACA' }, {}),
  gives('the street has no field', 'Segment "Marketo v2", Traits', { address: { street: '1 Main', city: 'Lyon' } }, { city: 'Lyon' }),
  gives('an address that is text is the address', 'Segment marketo-v2 4.0.2', { address: '1 Main, Lyon' }, { address: '1 Main, Lyon' }),
  gives('an address that PHP wrote as an empty list', 'Segment "Build functions": empty lists', { address: [], company: [] }, {}),
  givesWith('an address that is a list is dropped', 'law M6', { address: ['1 Main'] }, [malformed('dropped', ['traits', 'address'], 'a list', mendText)], {}),
  givesWith('a city that is an object is dropped where it stands', 'law M6', { Address: { City: { name: 'Lyon' } } }, [malformed('dropped', ['traits', 'Address', 'City'], 'an object', mendText)], {}),
  givesWith(
    'two spellings of one part: the plain one is read, the other is said to be lost',
    'law M5',
    { address: { City: 'Nice', city: 'Lyon' } },
    [conflict('dropped', ['traits', 'address', 'City'], ['traits', 'address', 'city'], mendTwins)],
    { city: 'Lyon' }
  ),
  gives('two spellings of the street, which nothing reads', near, { address: { Street: '1', street: '2' } }, {}),
  givesWith(
    'two spellings of one trait: the plain one is read, the other is said to be lost',
    'law M5',
    { PHONE: '2', phone: '1' },
    [conflict('dropped', ['traits', 'PHONE'], ['traits', 'phone'], mendTwins)],
    { phone: '1' }
  ),
  gives('a spelling that a custom row reads is not lost', near, { PHONE: '2', phone: '1' }, { phone: '1', phone__c: '2' }, { traits: [{ trait: 'PHONE', field: 'phone__c' }] }),

  // ── company, gender, birthday, phone
  gives('a company is text', company, { company: 'Acme' }, { company: 'Acme' }),
  gives('or the name of an object', company, { company: { Name: 'Acme', id: 9 } }, { company: 'Acme' }),
  gives('a company without a name is left out', company, { company: { id: 9 } }, {}),
  gives('the company stays home when settings say so', company, { company: 'Acme' }, {}, { companyFields: 'omit' }),
  givesWith('a company whose name is an object is dropped', 'law M6', { company: { name: { a: 1 } } }, [malformed('dropped', ['traits', 'company', 'name'], 'an object', mendText)], {}),
  gives('gender goes to another field', gender, { gender: 'woman' }, { gender__c: 'woman' }, { genderField: 'gender__c' }),
  gives('gender goes nowhere', gender, { gender: 'woman' }, {}, { genderField: null }),
  gives('a birthday is the day as written, whatever its zone', birthday, { birthday: '1988-02-20T23:30:00.000-08:00' }, { dateOfBirth: '1988-02-20' }),
  gives('a birthday before 1970 in a zone behind UTC is still the day as written', near, { birthday: '1950-01-01T00:30:00+14:00' }, { dateOfBirth: '1950-01-01' }),
  gives('a birthday that counts seconds is its UTC day', birthday, { birthday: 636508800 }, { dateOfBirth: '1990-03-04' }),
  gives('a birthday that counts milliseconds is its UTC day', birthday, { birthday: 636508800000 }, { dateOfBirth: '1990-03-04' }),
  givesWith('an impossible birthday is dropped and never rolls over', birthday, { birthday: '1990-02-31' }, [malformed('dropped', ['traits', 'birthday'], 'text', mendDay)], {}),
  givesWith('a birthday in another order is dropped', birthday, { birthday: '03/04/1990' }, [malformed('dropped', ['traits', 'birthday'], 'text', mendDay)], {}),
  gives('a birthday passes through as text', birthday, { birthday: '03/04/1990' }, { dateOfBirth: '03/04/1990' }, { birthday: 'verbatim' }),
  gives('and every other trait keeps its type then', near, { birthday: '03/04/1990', address: 'A'.repeat(300) }, { dateOfBirth: '03/04/1990', address: 'A'.repeat(300) }, { birthday: 'verbatim' }),
  gives('where the company is left out, all else stays', near, { company: 'Acme', phone: '1', gender: 'f' }, { phone: '1', gender: 'f' }, { companyFields: 'omit' }),
  gives('a phone number is the first of the list', 'Segment facade, phone()', { phone: '', phones: ['+1', '+2'] }, { phone: '+1' }),
  gives('createdAt and id are not sent', 'design.md 4, createdAt, id trait', { createdAt: '2007-05-31', id: 'own' }, {}),
  gives(
    'createdAt and id go where rows say',
    'design.md 4, createdAt, id trait',
    { createdAt: '2007-05-31', id: 'own' },
    { since__c: '2007-05-31T00:00:00Z', extId__c: 'own' },
    { traits: [{ trait: 'createdAt', field: 'since__c', type: 'datetime' }, { trait: 'id', field: 'extId__c' }] }
  ),

  // ── absent, null, empty
  gives('null leaves fields alone', absence, { phone: null, company: null, address: { city: null }, plan: null }, {}, { traits: [plan] }),
  gives(
    'null clears fields when settings allow',
    absence,
    { phone: null, company: null, firstName: null, address: { city: null, zip: null }, plan: null },
    { phone: null, company: null, firstName: null, city: null, postalCode: null, planName__c: null },
    { clearOnNull: true, traits: [plan] }
  ),
  gives('null clears no field whose trait is absent', near, {}, {}, { clearOnNull: true, traits: [plan] }),
  gives('empty text is left out, also where null clears', absence, { phone: '', plan: '', address: { city: '' } }, {}, { clearOnNull: true, traits: [plan] }),

  // ── custom rows
  gives(
    'custom traits become their fields’ types; zero and false are values',
    mapped,
    { plan: 'pro', seats: '0', ratio: 0, active: false, since: '2024-05-01T23:00:00-08:00', fax: 5550100 },
    { planName__c: 'pro', seats__c: 0, ratio__c: 0, active__c: false, since__c: '2024-05-01', fax: '5550100' },
    {
      traits: [
        plan,
        { trait: 'seats', field: 'seats__c', type: 'integer' },
        { trait: 'ratio', field: 'ratio__c', type: 'float' },
        { trait: 'active', field: 'active__c', type: 'boolean' },
        { trait: 'since', field: 'since__c', type: 'date' },
        { trait: 'fax', field: 'fax', type: 'string' }
      ]
    }
  ),
  givesWith(
    'what cannot be the type is dropped and said, and the rest goes on',
    'law M5',
    { plan: { name: 'pro' }, seats: 'many', since: '2024-02-31' },
    [
      malformed('dropped', ['traits', 'plan'], 'an object', mendText),
      malformed('dropped', ['traits', 'seats'], 'text', mendWhole),
      malformed('dropped', ['traits', 'since'], 'text', mendDay)
    ],
    {},
    { traits: [plan, { trait: 'seats', field: 'seats__c', type: 'integer' }, { trait: 'since', field: 'since__c', type: 'date' }] }
  ),
  gives(
    'what the transforms make becomes the type as well',
    near,
    { seats: ' 5 ', tags: ['1', 2], since: '01.05.2024' },
    { seats__c: 5, tags__c: 12, since__c: '2024-05-01' },
    {
      traits: [
        { trait: 'seats', field: 'seats__c', type: 'integer', transforms: ['trim'] },
        { trait: 'tags', field: 'tags__c', type: 'integer', transforms: [{ join: '' }] },
        { trait: 'since', field: 'since__c', type: 'date', transforms: [{ date: 'DD.MM.YYYY' }] }
      ]
    }
  ),
  givesWith('what they make and is not the type is dropped', near, { seats: ' x ' }, [malformed('dropped', ['traits', 'seats'], 'text', mendWhole)], {}, { traits: [{ trait: 'seats', field: 'seats__c', type: 'integer', transforms: ['trim'] }] }),
  gives('one trait may go to two fields', near, { plan: 'pro' }, { planName__c: 'pro', tier__c: 'pro' }, { traits: [plan, { trait: 'plan', field: 'tier__c' }] }),
  gives('a custom row beats the standard row of its field', 'law M3', { address: { city: 'Lyon' }, town: 'Nice' }, { city: 'Nice' }, { traits: [{ trait: 'town', field: 'city' }] }),
  gives('a custom row whose trait is absent does not', 'law M3', { address: { city: 'Lyon' } }, { city: 'Lyon' }, { traits: [{ trait: 'town', field: 'city' }] }),
  gives('nor one whose trait is empty', near, { address: { city: 'Lyon' }, town: '' }, { city: 'Lyon' }, { traits: [{ trait: 'town', field: 'city' }] }),
  gives('nor one whose trait is null, where null leaves alone', near, { address: { city: 'Lyon' }, town: null }, { city: 'Lyon' }, { traits: [{ trait: 'town', field: 'city' }] }),
  gives('but one whose trait is null does, where null clears', near, { address: { city: 'Lyon' }, town: null }, { city: null }, { clearOnNull: true, traits: [{ trait: 'town', field: 'city' }] }),
  givesWith('a custom row whose value is dropped does not let the standard one in', near, { address: { city: 'Lyon' }, town: {} }, [malformed('dropped', ['traits', 'town'], 'an object', mendText)], {}, { traits: [{ trait: 'town', field: 'city' }] }),
  gives('a custom row beats one half of a split name only', near, { name: 'Ana Cruz', nick: 'Anita' }, { firstName: 'Anita', lastName: 'Cruz' }, { traits: [{ trait: 'nick', field: 'firstName' }] }),
  gives('a default fills the field of an absent trait', 'settings.ts, default', {}, { planName__c: 'free' }, { traits: [{ ...plan, default: 'free' }] }),
  gives('a default fills the field of an empty trait', 'settings.ts, default', { plan: '' }, { planName__c: 'free' }, { traits: [{ ...plan, default: 'free' }] }),
  gives('a default fills nothing where null was sent', absence, { plan: null }, {}, { traits: [{ ...plan, default: 'free' }] }),
  gives('a default gives way to a value', 'settings.ts, default', { plan: 'pro' }, { planName__c: 'pro' }, { traits: [{ ...plan, default: 'free' }] }),
  gives('a default gives way to the standard row of its field', near, { company: 'Acme' }, { company: 'Acme' }, { traits: [{ trait: 'employer', field: 'company', default: 'Unknown' }] }),
  gives('a default that is false or zero is one', near, {}, { active__c: false, seats__c: 0 }, { traits: [{ trait: 'a', field: 'active__c', type: 'boolean', default: false }, { trait: 's', field: 'seats__c', type: 'integer', default: 0 }] }),
  gives('a default goes through the transforms', near, {}, { planName__c: 'FREE' }, { traits: [{ ...plan, default: 'free', transforms: ['upper'] }] }),
  givesWith('a value that is dropped is not replaced by the default', near, { plan: ['pro'] }, [malformed('dropped', ['traits', 'plan'], 'a list', mendText)], {}, { traits: [{ ...plan, default: 'free' }] }),
  givesWith('another spelling of a mapped name is not it, and is pointed out', mapped, { Plan: 'pro' }, [unknown('warning', ['traits', 'Plan'], 'plan', mendSpelling)], {}, { traits: [plan] }),
  givesWith('several other spellings are pointed out in the order of the alphabet', 'law M3', { pLAN: 'b', Plan: 'a', PLAN: 'c' }, [unknown('warning', ['traits', 'PLAN'], 'plan', mendSpelling), unknown('warning', ['traits', 'Plan'], 'plan', mendSpelling), unknown('warning', ['traits', 'pLAN'], 'plan', mendSpelling)], {}, { traits: [plan] }),
  gives('another spelling that a standard row has read needs no hint', near, { company: 'Acme' }, { company: 'Acme' }, { traits: [{ trait: 'Company', field: 'company__c' }] }),
  gives('a name inside address is nobody’s business when it stands at the top as well', near, { county: 'Lane', address: { county: 'x' } }, { county__c: 'Lane' }, { traits: [{ trait: 'county', field: 'county__c' }] }),
  gives('another spelling beside the right one is nobody’s business', near, { Plan: 'x', plan: 'pro' }, { planName__c: 'pro' }, { traits: [plan] }),
  givesWith(
    'a mapped name inside address is not it, and is pointed out',
    'Segment "Marketo v2", Traits, Note',
    { address: { county: 'Lane' } },
    [unknown('warning', ['traits', 'address', 'county'], null, 'a custom address trait must stand at the top level of traits')],
    {},
    { traits: [{ trait: 'county', field: 'county__c' }] }
  ),
  givesWith(
    'a dotted name is no path, and is pointed out',
    mapped,
    { org: { size: 5 } },
    [unknown('warning', ['traits', 'org', 'size'], null, 'flatten the event first, or turn pathLookup on')],
    {},
    { traits: [{ trait: 'org.size', field: 'size__c' }] }
  ),
  gives('a dotted name whose path leads nowhere needs no hint', near, { org: {} }, {}, { traits: [{ trait: 'org.size', field: 'size__c' }] }),
  givesWith(
    'a hint for two rows of one trait is given once',
    mapped,
    { org: { size: 5 } },
    [unknown('warning', ['traits', 'org', 'size'], null, 'flatten the event first, or turn pathLookup on')],
    {},
    { traits: [{ trait: 'org.size', field: 'size__c' }, { trait: 'org.size', field: 'seats__c' }] }
  ),
  givesWith(
    'a hint is given for every row’s trait',
    mapped,
    { org: { size: 5 }, shop: { name: 'A' } },
    [unknown('warning', ['traits', 'shop', 'name'], null, 'flatten the event first, or turn pathLookup on'), unknown('warning', ['traits', 'org', 'size'], null, 'flatten the event first, or turn pathLookup on')],
    {},
    { traits: [{ trait: 'org.size', field: 'size__c' }, { trait: 'shop.name', field: 'shop__c' }] }
  ),
  gives('a dotted name is a literal key', mapped, { 'org.size': 5, org: { size: 6 } }, { size__c: '5' }, { traits: [{ trait: 'org.size', field: 'size__c' }] }),
  gives('with pathLookup a dotted name is a path', mapped, { org: { size: 5 } }, { size__c: '5' }, { pathLookup: true, traits: [{ trait: 'org.size', field: 'size__c' }] }),
  gives('with pathLookup a literal key still comes first', mapped, { 'org.size': 5, org: { size: 6 } }, { size__c: '5' }, { pathLookup: true, traits: [{ trait: 'org.size', field: 'size__c' }] }),
  gives('a name inside address is nobody’s business when its path leads to a value', near, { org: { size: 5 }, address: { 'org.size': 6 } }, { size__c: '5' }, { pathLookup: true, traits: [{ trait: 'org.size', field: 'size__c' }] }),
  gives('a path leads through own members only', near, { org: {} }, {}, { pathLookup: true, traits: [{ trait: 'org.constructor.name', field: 'size__c' }] }),
  givesWith(
    'a value found by a path is dropped where it stands',
    'law M5',
    { org: { size: {} } },
    [malformed('dropped', ['traits', 'org', 'size'], 'an object', mendText)],
    {},
    { pathLookup: true, traits: [{ trait: 'org.size', field: 'size__c' }] }
  ),
  givesWith(
    'a literal key is dropped where it stands, although it might be a path',
    near,
    { 'org.size': {}, org: { size: 5 } },
    [malformed('dropped', ['traits', 'org.size'], 'an object', mendText)],
    {},
    { pathLookup: true, traits: [{ trait: 'org.size', field: 'size__c' }] }
  ),
  {
    name: 'names of every object’s members are names like any other',
    source: near,
    input: {
      settings: { traits: [{ trait: '__proto__', field: 'proto__c' }, { trait: 'constructor', field: 'constructor' }, { trait: 'toString', field: 'string__c' }] },
      event: JSON.parse('{"type":"identify","userId":"u1","traits":{"__proto__":"a","constructor":"b"}}')
    },
    expected: right(upsert(key('userId', 'u1'), Object.fromEntries([['userId', 'u1'], ['constructor', 'b'], ['proto__c', 'a']])))
  },
  givesWith(
    'half a character is dropped',
    'Adobe "Leads", UTF-8',
    { plan: 'pro\ud83d' },
    [malformed('dropped', ['traits', 'plan'], 'text', 'the text holds half a character (a lone surrogate): cut it between characters')],
    {},
    { traits: [plan] }
  ),
  givesWith(
    'text longer than its field is dropped and not cut',
    'law M5',
    { plan: 'professional' },
    [malformed('dropped', ['traits', 'plan'], 'text', 'shorten it to 5 characters')],
    {},
    { traits: [{ ...plan, length: 5 }] }
  ),
  {
    name: 'a custom row may be the email',
    source: 'law M3',
    input: { settings: { traits: [{ trait: 'mail', field: 'email' }] }, event: identify({ email: 'old@example.com', mail: email }) },
    expected: right(upsert(ana, ids))
  },
  {
    name: 'a custom row whose trait is empty leaves the email to the standard one',
    source: near,
    input: { settings: { traits: [{ trait: 'mail', field: 'email' }] }, event: identify({ email, mail: '' }) },
    expected: right(upsert(ana, ids))
  },
  {
    name: 'a custom row may make the email fit',
    source: 'settings.ts, transforms',
    input: { settings: { traits: [{ trait: 'email', field: 'email', transforms: ['trim', 'lower'] }] }, event: identify({ email: ' Ana@Example.com ' }) },
    expected: right(upsert(ana, ids))
  },
  {
    name: 'a custom row whose email is none stops the event where it stands',
    source: broken,
    input: { settings: { traits: [{ trait: 'mail', field: 'email' }] }, event: identify({ email, mail: 'x' }) },
    expected: left(malformed('invalid', ['traits', 'mail'], 'text', mendEmail))
  },
  {
    name: 'a custom row whose email is none is said once, and then the next id counts',
    source: broken,
    input: { settings: { invalidEmail: 'next-key', traits: [{ trait: 'mail', field: 'email' }] }, event: identify({ email, mail: 'x' }) },
    expected: both([malformed('dropped', ['traits', 'mail'], 'text', mendEmail)], upsert(key('userId', 'u1'), { userId: 'u1' }))
  },

  // ── the Munchkin cookie
  withCookie('a cookie says whose browser it is', { context: { Marketo: { marketoCookie: text } } }, [], true),
  withCookie('integrations come before the context', { integrations: { Marketo: { marketoCookie: text } }, context: { Marketo: { marketoCookie: 'other' } } }, [], true),
  withCookie('its keys go by any spelling', { context: { marketo: { Marketo_Cookie: text } } }, [], true),
  withCookie('it is read as customers send it, and printed as Marketo prints it', { context: { Marketo: { marketoCookie: `_mkto_trk=id%3A561-hyg-937%26token%3A${token}` } } }, [], true),
  withCookie('it stands where the settings say', { properties: { trk: text } }, [], true, { cookiePath: ['properties', 'trk'] }),
  withCookie('and nowhere else then', { context: { Marketo: { marketoCookie: text } } }, [], false, { cookiePath: ['properties', 'trk'] }),
  withCookie('a cookieId is pointed out', { context: { Marketo: { cookieId: text } } }, [unknown('warning', ['context', 'Marketo', 'cookieId'], 'marketoCookie', 'send it as marketoCookie: cookieId is not read')], false),
  withCookie(
    'the cookie of another instance names none of our visitors',
    { context: { Marketo: { marketoCookie: `id:123-ABC-456&token:${token}` } } },
    [malformed('dropped', ['context', 'Marketo', 'marketoCookie'], 'the cookie of another Marketo instance', 'compare the Munchkin id of the site with the one of the settings')],
    false
  ),
  withCookie(
    'what is no cookie is dropped',
    { context: { Marketo: { marketoCookie: 'GA1.2.3' } } },
    [malformed('dropped', ['context', 'Marketo', 'marketoCookie'], 'text that is no Munchkin cookie', 'send the value of the _mkto_trk cookie: id:<Munchkin id>&token:<token>')],
    false
  ),
  withCookie(
    'what is no text is no cookie',
    { context: { Marketo: { marketoCookie: { id: 1 } } } },
    [malformed('warning', ['context', 'Marketo', 'marketoCookie'], 'an object', 'send the cookie as text, just as the browser keeps it')],
    false
  ),

  // ── in a browser
  {
    name: 'in a browser: a form without an email finds no lead',
    source: 'Segment marketo-v2 4.0.2; design.md 4, Identity',
    side: 'browser',
    input: { settings: device, event: identify({ phone: '1' }) },
    expected: left(missing('invalid', ['traits', 'email'], 'a hidden form finds its lead by email: send the email trait, or an email as userId'))
  },
  {
    name: 'in a browser: standard and custom rows by SOAP names, custom fields by their own',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: {
      settings: { ...device, traits: [{ trait: 'fax', field: 'fax' }, { trait: 'town', field: 'city' }, { trait: 'sic', field: 'sicCode' }, plan] },
      event: identify({ email, fax: '1', town: 'Nice', sic: '7', plan: 'pro', address: { city: 'Lyon' } })
    },
    expected: right(form({ Email: email, userId: 'u1', Fax: '1', City: 'Nice', SICCode: '7', planName__c: 'pro' }))
  },
  {
    name: 'in a browser: a field without a SOAP name cannot go into a form, and says so',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: { settings: { ...device, traits: [{ trait: 'when', field: 'mktoAcquisitionDate' }] }, event: identify({ email, when: '2024-05-01' }) },
    expected: both(
      [malformed('dropped', ['traits', 'when'], 'a value for a field without a SOAP name', 'a form cannot name this field: map the trait to another one, or send it from the server')],
      form({ Email: email, userId: 'u1' })
    )
  },
  {
    name: 'in a browser: a value found by its path is none either',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: { settings: { ...device, pathLookup: true, traits: [{ trait: 'got.when', field: 'mktoAcquisitionDate' }] }, event: identify({ email, got: { when: '2024-05-01' } }) },
    expected: both(
      [malformed('dropped', ['traits', 'got', 'when'], 'a value for a field without a SOAP name', 'a form cannot name this field: map the trait to another one, or send it from the server')],
      form({ Email: email, userId: 'u1' })
    )
  },
  {
    name: 'in a browser: a value under the whole name comes before one found by its path',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: { settings: { ...device, pathLookup: true, traits: [{ trait: 'got.when', field: 'mktoAcquisitionDate' }] }, event: identify({ email, 'got.when': '2024-05-01', got: { when: null } }) },
    expected: both(
      [malformed('dropped', ['traits', 'got.when'], 'a value for a field without a SOAP name', 'a form cannot name this field: map the trait to another one, or send it from the server')],
      form({ Email: email, userId: 'u1' })
    )
  },
  {
    name: 'in a browser: gender whose field has no SOAP name goes into no form, and says so',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: { settings: { ...device, genderField: 'externalSalesPersonId' }, event: identify({ email, Gender: 'f' }) },
    expected: both(
      [malformed('dropped', ['traits', 'Gender'], 'a value for a field without a SOAP name', 'a form cannot name this field: map the trait to another one, or send it from the server')],
      form({ Email: email, userId: 'u1' })
    )
  },
  {
    name: 'in a browser: gender is no loss while it is absent, or goes nowhere anyway',
    source: near,
    side: 'browser',
    input: { settings: { ...device, genderField: 'externalSalesPersonId' }, event: identify({ email, gender: '' }) },
    expected: right(form({ Email: email, userId: 'u1' }))
  },
  {
    name: 'in a browser: a field without a SOAP name is no loss while its trait is absent',
    source: near,
    side: 'browser',
    input: { settings: { ...device, traits: [{ trait: 'when', field: 'mktoAcquisitionDate' }] }, event: identify({ email }) },
    expected: right(form({ Email: email, userId: 'u1' }))
  },
  {
    name: 'in a browser: anonymous activity off keeps identify calls without a userId',
    source: anonymous,
    side: 'browser',
    input: { settings: device, event: { type: 'identify', anonymousId: 'a1', traits: { email } } },
    expected: left(excluded(['userId'], 'anonymous', 'anonymous activity is off: send a userId, or set anonymousActivity to true'))
  },
  {
    name: 'in a browser: anonymous activity on lets them go',
    source: anonymous,
    side: 'browser',
    input: { settings: { ...device, anonymousActivity: true }, event: { type: 'identify', anonymousId: 'a1', traits: { email } } },
    expected: right(form({ Email: email, anonymousId: 'a1' }))
  },
  {
    name: 'in a browser: without a form nothing starts, and nothing is sent',
    source: 'Segment "Marketo v2", Device-mode',
    side: 'browser',
    input: { settings: { mode: 'device' }, event: identify({ email }) },
    expected: left(
      missing('invalid', ['settings', 'formId'], 'nothing starts in the browser without it: copy it from the form’s embed code in Marketo'),
      missing('invalid', ['settings', 'formHost'], 'nothing starts in the browser without it: copy it from the form’s embed code in Marketo')
    )
  },
  {
    name: 'in a browser: a form that nobody can load is as good as none',
    source: near,
    side: 'browser',
    input: { settings: { mode: 'device', formId: 1001 }, event: identify({ email }) },
    expected: left(missing('invalid', ['settings', 'formHost'], 'nothing starts in the browser without it: copy it from the form’s embed code in Marketo'))
  },
  {
    name: 'in a browser: an id in a standard field goes by its SOAP name',
    source: 'design.md 4, Field names',
    side: 'browser',
    input: { settings: { ...device, anonymousActivity: true, userIdField: 'leadSource', anonymousIdField: 'middleName' }, event: identify({ email }, { anonymousId: 'a1' }) },
    expected: right(form({ Email: email, LeadSource: 'u1', MiddleName: 'a1' }))
  },
  {
    name: 'in a browser: null clears when settings allow',
    source: absence,
    side: 'browser',
    input: { settings: { ...device, clearOnNull: true }, event: identify({ email, phone: null }) },
    expected: right(form({ Email: email, userId: 'u1', Phone: null }))
  }
]
