/**
 * What somebody would write for one site in an afternoon: the same intents for the corpus, with nothing checked, nothing coerced, nothing
 * said. It is no mapper to use; it is what checking costs less than one would think, or more.
 *
 * @module
 */

type Loose = Readonly<Record<string, unknown>>

/** Members of whatever it is; nothing for nothing. */
const inside = (u: unknown): Loose => Object(u)

const upsert = (key: string, value: unknown, fields: Loose): object => ({
  _tag: 'UpsertLead',
  munchkinId: '561-HYG-937',
  lead: { lookupField: key, value },
  fields,
  action: 'createOrUpdate',
  partitionName: null
})

const identify = ({ userId, traits }: Loose): ReadonlyArray<object> => {
  const t = inside(traits)
  const address = inside(t.address)
  const [first, ...rest] = String(t.name ?? '').split(' ')
  const fields: Record<string, unknown> = { email: t.email, userId }
  const put = (name: string, value: unknown): void => {
    if (value !== undefined) fields[name] = value
  }
  put('firstName', t.firstName ?? first)
  put('lastName', t.lastName ?? rest.join(' '))
  put('phone', t.phone)
  put('company', typeof t.company === 'string' ? t.company : inside(t.company).name)
  put('dateOfBirth', t.birthday)
  put('gender', t.gender)
  put('city', address.city)
  put('country', address.country)
  put('state', address.state)
  put('postalCode', address.zip ?? address.postalCode)
  put('planName__c', t.plan)
  put('seats__c', t.seats)
  put('title', t.title)
  put('signedUpAt__c', t.createdAt)
  return [upsert('email', t.email, fields)]
}

const track = ({ userId, event, properties, timestamp }: Loose, numbers: ReadonlyMap<unknown, number>) => {
  const activityTypeId = numbers.get(event)
  if (activityTypeId === undefined) return []
  const { plan, seats, revenue, feature } = inside(properties)
  const attributes = Object.entries({ seats, revenue, feature }).flatMap(([apiName, value]) =>
    value === undefined ? [] : [{ apiName, value }]
  )
  return [
    upsert('userId', userId, { userId }),
    {
      _tag: 'AddCustomActivity',
      munchkinId: '561-HYG-937',
      lead: { lookupField: 'userId', value: userId },
      activityTypeId,
      activityDate: timestamp,
      primaryAttributeValue: String(plan),
      attributes
    }
  ]
}

const page = ({ userId, properties, context }: Loose): ReadonlyArray<object> => {
  const url = new URL(String(inside(properties).url), 'https://www.example.com')
  return [
    {
      _tag: 'VisitPage',
      munchkinId: '561-HYG-937',
      lead: { lookupField: 'userId', value: userId },
      page: { origin: url.origin, path: url.pathname, params: url.search, fragment: url.hash },
      userAgent: inside(context).userAgent
    }
  ]
}

/** A mapper by hand; `numbers` are those of the custom activities. */
export const mapByHand =
  (numbers: ReadonlyMap<unknown, number>) =>
  (event: unknown): ReadonlyArray<object> => {
    const given = inside(event)
    if (given.type === 'identify') return identify(given)
    return given.type === 'track' ? track(given, numbers) : page(given)
  }
