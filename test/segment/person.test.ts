import { describe, expect, it } from 'vitest'
import type { Path } from '../../src/ground/path.js'
import {
  addressPartNames,
  addressPosition,
  city,
  country,
  postalCode,
  readAddressPart,
  readAddressParts,
  readAddressText,
  readPostalCode,
  state,
  street
} from '../../src/segment/address.js'
import { birthday, dayOf, readBirthday } from '../../src/segment/birthday.js'
import { company, readCompany } from '../../src/segment/company.js'
import type { SegmentEvent } from '../../src/segment/event.js'
import { firstName, fullName, lastName } from '../../src/segment/names.js'
import { personTraits, personTraitsPath, readPersonTraits } from '../../src/segment/person.js'
import { phone, readPhone } from '../../src/segment/phone.js'
import {
  gender,
  industry,
  readGender,
  readIndustry,
  readTitle,
  readWebsite,
  title,
  website
} from '../../src/segment/profile.js'
import { inContextTraits, inTraits, readStandardTraits } from '../../src/segment/standard-traits.js'

type Traits = Readonly<Record<string, unknown>>

const walked = readStandardTraits
const identify = (traits: Traits): SegmentEvent => ({ type: 'identify', traits })
const some = (value: unknown) => ({ _tag: 'Some', value })
const none = { _tag: 'None' }

describe('the traits of a person', () => {
  const traits = { email: 't' }
  const context = { traits: { email: 'c' } }

  it.each<[SegmentEvent, unknown, ReadonlyArray<string>]>([
    [{ type: 'identify', traits, context }, traits, ['traits']],
    [{ type: 'track', event: 'E', traits, context }, context.traits, ['context', 'traits']],
    [{ type: 'page', traits, context }, context.traits, ['context', 'traits']],
    [{ type: 'group', groupId: 'g', traits, context }, context.traits, ['context', 'traits']],
    [{ type: 'identify' }, {}, ['traits']],
    [{ type: 'page', context: [] }, {}, ['context', 'traits']]
  ])('of %j', (event, expected, path) => {
    expect(personTraits(event)).toBe(Object.keys(personTraits(event)).length === 0 ? personTraits(event) : expected)
    expect(personTraits(event)).toEqual(expected)
    expect(personTraitsPath(event)).toEqual(path)
    expect(readPersonTraits(event).place.at).toEqual(path)
  })
})

describe('a phone number', () => {
  it.each<[string, Traits, unknown]>([
    ['as sent', { phone: '+1 555 0100' }, { value: '+1 555 0100', at: ['traits', 'phone'] }],
    ['a number as sent', { Phone: 5550100 }, { value: 5550100, at: ['traits', 'Phone'] }],
    ['zero is a number', { phone: 0, phones: ['1'] }, { value: 0, at: ['traits', 'phone'] }],
    ['the first of a list', { phones: ['1', '2'] }, { value: '1', at: ['traits', 'phones', 0] }],
    ['the list behind an empty text', { phone: '', Phones: ['1'] }, { value: '1', at: ['traits', 'Phones', 0] }],
    ['the list behind null', { phone: null, phones: ['1'] }, { value: '1', at: ['traits', 'phones', 0] }],
    ['the empty text before an empty list', { phone: '', phones: [] }, { value: '', at: ['traits', 'phone'] }],
    ['null before a list of nothing', { phone: null, phones: [''] }, { value: null, at: ['traits', 'phone'] }],
    ['no text for a list', { phones: '12' }, undefined],
    ['no other name', { phoneNumber: '1' }, undefined]
  ])('%s', (_, traits, expected) => {
    expect(readPhone(walked(traits))).toEqual(expected)
  })
})

describe('a company', () => {
  it.each<[string, Traits, unknown]>([
    ['text', { company: 'Acme' }, { value: 'Acme', at: ['traits', 'company'] }],
    ['an object’s name', { company: { name: 'Acme', id: 9 } }, { value: 'Acme', at: ['traits', 'company', 'name'] }],
    ['an object’s name, loosely', { Company: { Name: 'Acme' } }, { value: 'Acme', at: ['traits', 'Company', 'Name'] }],
    ['an object’s empty name', { company: { name: null } }, { value: null, at: ['traits', 'company', 'name'] }],
    ['nothing of an object without a name', { company: { id: 9 } }, undefined],
    ['nothing of what an object inherits', { company: Object.create({ name: 'Acme' }) }, undefined],
    ['whatever else it is', { company: ['Acme'] }, { value: ['Acme'], at: ['traits', 'company'] }],
    ['null', { company: null }, { value: null, at: ['traits', 'company'] }],
    ['nothing', { organization: 'Acme' }, undefined]
  ])('is %s', (_, traits, expected) => {
    expect(readCompany(walked(traits))).toEqual(expected)
  })
})

describe('an address', () => {
  it('has a place for each part', () => {
    expect(Object.entries(addressPosition)).toEqual(addressPartNames.map((name, at) => [name, at]))
  })

  it.each<[string, unknown, unknown, unknown]>([
    ['text is not taken apart', '1 Main, Lyon', { value: '1 Main, Lyon', at: ['traits', 'address'] }, undefined],
    ['null may clear', null, { value: null, at: ['traits', 'address'] }, undefined],
    ['a list is answered as it is', ['Lyon'], { value: ['Lyon'], at: ['traits', 'address'] }, undefined],
    ['an object has parts', { city: 'Lyon' }, undefined, { value: 'Lyon', at: ['traits', 'address', 'city'] }],
    ['parts have loose keys', { CITY: 'Lyon' }, undefined, { value: 'Lyon', at: ['traits', 'address', 'CITY'] }],
    ['a part may be empty', { city: '' }, undefined, { value: '', at: ['traits', 'address', 'city'] }],
    ['an empty object has none', {}, undefined, undefined]
  ])('%s', (_, address, text, part) => {
    const traits = walked({ address })
    expect(readAddressText(traits)).toEqual(text)
    expect(readAddressPart(readAddressParts(traits), 'city')).toEqual(part)
  })

  it('is nothing when it is not there', () => {
    expect(readAddressText(walked({ city: 'Lyon' }))).toBeUndefined()
    expect(readAddressParts(walked({ city: 'Lyon' }))).toBeUndefined()
    expect(readPostalCode(undefined)).toBeUndefined()
  })

  it.each([
    ['traits', readStandardTraits({ address: { city: 'Lyon' } }), ['traits', 'address', 'city']],
    [
      'context.traits',
      readStandardTraits({ address: { city: 'Lyon' } }, inContextTraits),
      ['context', 'traits', 'address', 'city']
    ],
    ['another key', readStandardTraits({ Address: { city: 'Lyon' } }), ['traits', 'Address', 'city']],
    [
      'another key in the context',
      readStandardTraits({ ADDRESS: { City: 'Lyon' } }, inContextTraits),
      ['context', 'traits', 'ADDRESS', 'City']
    ],
    [
      'a place of one’s own',
      readStandardTraits({ address: { city: 'Lyon' } }, { at: ['properties'], members: [] }),
      ['properties', 'address', 'city']
    ]
  ])('stands under %s', (_, traits, at) => {
    expect(readAddressPart(readAddressParts(traits), 'city')?.at).toEqual(at)
  })

  it.each([
    ['traits', inTraits],
    ['context.traits', inContextTraits]
  ])('has paths made once where every key has its plain name: %s', (_, place) => {
    const pathOf = () =>
      readAddressPart(readAddressParts(readStandardTraits({ address: { city: 'Lyon' } }, place)), 'city')?.at
    expect(pathOf()).toBe(pathOf())
  })

  it('stands under another key with all its parts', () => {
    const parts = readAddressParts(readStandardTraits({ Address: { street: '1 Main', zip: '69001' } }))
    expect(addressPartNames.map((name) => readAddressPart(parts, name)?.at)).toEqual([
      ['traits', 'Address', 'street'],
      ...Array(4).fill(undefined),
      ['traits', 'Address', 'zip']
    ])
  })

  it.each<[string, Traits, ReadonlyArray<'zip' | 'postalCode'> | undefined, unknown]>([
    ['zip before postalCode', { zip: '1', postalCode: '2' }, undefined, '1'],
    ['postalCode before zip where told so', { zip: '1', postalCode: '2' }, ['postalCode', 'zip'], '2'],
    ['postalCode when there is no zip', { postal_code: '2' }, undefined, '2'],
    ['postalCode behind an empty zip', { zip: '', postalCode: '2' }, undefined, '2'],
    ['postalCode behind a null zip', { zip: null, postalCode: '2' }, undefined, '2'],
    ['a number as sent', { zip: 97405 }, undefined, 97405],
    ['the empty one when nothing else is there', { zip: '' }, undefined, ''],
    ['null when nothing else is there', { postalCode: null }, undefined, null],
    ['nothing from a name that is not in the order', { zip: '1' }, ['postalCode'], undefined],
    ['nothing from a name that nobody knows', { zipcode: '1' }, undefined, undefined]
  ])('reads the postal code: %s', (_, address, order, expected) => {
    expect(readPostalCode(readAddressParts(walked({ address })), order)?.value).toBe(expected)
  })
})

describe('a birthday', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a day', '1990-03-04', '1990-03-04'],
    ['a day among blanks', ' 1990-03-04 ', '1990-03-04'],
    ['the day that was written, whatever the zone', '1988-02-20T00:00:00.000-08:00', '1988-02-20'],
    ['the day that was written, though it is another in UTC', '1988-02-20T22:00:00-08:00', '1988-02-20'],
    ['an impossible day', '1988-02-31', undefined],
    ['an impossible hour', '1990-03-04T25:00:00Z', undefined],
    ['seconds', 636508800, '1990-03-04'],
    ['milliseconds', 636508800000, '1990-03-04'],
    ['seconds as text', '636508800', '1990-03-04'],
    ['a day before 1970', -1, '1969-12-31'],
    ['an ambiguous day', '03/04/1990', undefined],
    ['a year', '1990', undefined],
    ['a year and month', '1990-03', undefined],
    ['a number too great', 1e300, undefined],
    ['empty text', '', undefined],
    ['null', null, undefined],
    ['an object', {}, undefined]
  ])('%s', (_, value, expected) => {
    expect(dayOf(value)).toBe(expected)
    expect(birthday(identify({ birthday: value }))).toEqual(expected === undefined ? none : some(expected))
  })

  it('is answered as sent to mappings', () => {
    expect(readBirthday(walked({ birth_day: '03/04/1990' }))).toEqual({
      value: '03/04/1990',
      at: ['traits', 'birth_day']
    })
    expect(readBirthday(walked({ birthdate: '1990-03-04' }))).toBeUndefined()
    expect(birthday(identify({}))).toEqual(none)
  })
})

describe('further traits', () => {
  it.each<[string, Traits, unknown]>([
    ['title first', { title: 'CTO', position: 'p', jobTitle: 'j' }, some('CTO')],
    ['then position', { title: '', position: 'p', jobTitle: 'j' }, some('p')],
    ['then jobTitle', { job_title: 'j' }, some('j')],
    ['none of them', { role: 'r' }, none]
  ])('the job title: %s', (_, traits, expected) => {
    expect(title(identify(traits))).toEqual(expected)
  })

  it.each<[string, Traits, unknown]>([
    ['the trait', { website: 'https://a.test', websites: ['https://b.test'] }, some('https://a.test')],
    ['the first of a list', { websites: ['https://b.test', 'https://c.test'] }, some('https://b.test')],
    ['nothing of text for a list', { websites: 'https://b.test' }, none],
    ['nothing of an empty first', { websites: ['', 'https://c.test'] }, none]
  ])('the website: %s', (_, traits, expected) => {
    expect(website(identify(traits))).toEqual(expected)
  })

  it('gender and industry', () => {
    expect(gender(identify({ Gender: 'f' }))).toEqual(some('f'))
    expect(gender(identify({ sex: 'f' }))).toEqual(none)
    expect(readGender(walked({ gender: null }))).toEqual({ value: null, at: ['traits', 'gender'] })
    expect(industry(identify({ Industry: 'Tech' }))).toEqual(some('Tech'))
    expect(industry(identify({ industry: null }))).toEqual(none)
  })
})

describe('further traits', () => {
  it.each<[string, (traits: Traits, place: Path) => unknown, Traits, unknown]>([
    ['title', readTitle, { Title: 'CTO', position: 'CFO' }, { value: 'CTO', at: ['properties', 'Title'] }],
    ['else position', readTitle, { title: '', position: 'CFO' }, { value: 'CFO', at: ['properties', 'position'] }],
    ['else jobTitle', readTitle, { job_title: 7 }, { value: 7, at: ['properties', 'job_title'] }],
    ['no title', readTitle, { title: null }, undefined],
    ['website', readWebsite, { website: 'a', websites: ['b'] }, { value: 'a', at: ['properties', 'website'] }],
    [
      'else the first of websites',
      readWebsite,
      { Websites: ['b', 'c'] },
      { value: 'b', at: ['properties', 'Websites', 0] }
    ],
    ['no website of an empty list', readWebsite, { websites: [] }, undefined],
    ['no website of a text', readWebsite, { websites: 'b' }, undefined],
    ['industry', readIndustry, { Industry: 'Tech' }, { value: 'Tech', at: ['properties', 'Industry'] }]
  ])('%s', (_, read, traits, expected) => {
    expect(read(traits, ['properties'])).toEqual(expected)
  })
})

describe('the readers that answer Option', () => {
  const address = { street: '1 Main', city: 'Lyon', state: 'ARA', country: 'FR', zip: '1', postalCode: '69001' }
  const traits = { name: 'Ana de la Cruz', phone: 5550100, company: { name: 'Acme' }, address }

  it.each([
    ['an identify call', identify(traits)],
    ['the context of a track call', { type: 'track', event: 'E', context: { traits } } as const]
  ])('read %s', (_, event) => {
    expect(
      [firstName, lastName, fullName, phone, company, street, city, state, country].map((read) => read(event))
    ).toEqual(['Ana', 'de la Cruz', 'Ana de la Cruz', '5550100', 'Acme', '1 Main', 'Lyon', 'ARA', 'FR'].map(some))
    expect([postalCode(event), postalCode(event, ['postalCode'])]).toEqual([some('1'), some('69001')])
    expect([firstName(event, 'facade'), lastName(event, 'facade'), fullName(event, 'facade')]).toEqual(
      ['Ana', 'de la Cruz', 'Ana de la Cruz'].map(some)
    )
  })

  it('take names apart by words unless they are told otherwise', () => {
    const event = identify({ name: '  Ana\u0085Maria  Cruz' })
    const readers = [firstName, lastName, fullName]
    expect(readers.map((read) => read(event))).toEqual(['Ana', 'Maria Cruz', 'Ana Maria Cruz'].map(some))
    expect(readers.map((read) => read(event, 'words'))).toEqual(readers.map((read) => read(event)))
    expect(readers.map((read) => read(event, 'facade'))).toEqual(
      ['Ana\u0085Maria', 'a  Cruz', 'Ana\u0085Maria  Cruz'].map(some)
    )
  })

  it('find nothing in blank text, lists and objects', () => {
    const empty = identify({
      firstName: ' ',
      lastName: '',
      phone: [],
      company: '',
      address: { city: {}, street: '\t', zip: Number.NaN }
    })
    for (const read of [firstName, lastName, fullName, phone, company, city, street, postalCode])
      expect(read(empty)).toEqual(none)
  })

  it('find nothing where an event throws', () => {
    const event = Object.defineProperty(identify({}), 'traits', {
      get: () => {
        throw new Error('a trap of the event')
      }
    })
    for (const read of [firstName, phone, city, title, birthday]) expect(read(event)).toEqual(none)
  })
})
