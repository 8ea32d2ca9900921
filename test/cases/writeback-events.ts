/**
 * Activities and the events that they become. `basis: contract` says that a name or rule of ours is in it.
 */

const context = {
  leads: { '204417': { email: 'mira.okafor@northwind.example', userId: 'u_9137' } },
  emails: { '2290': { subject: 'Glad you are here' } },
  campaigns: { '3101': { name: '02 - Send Welcome' } }
}

const externalId = (id: string) => [{ id, type: 'marketo_lead_id', collection: 'users', encoding: 'none' }]

export interface EventCase {
  readonly name: string
  readonly source: string
  readonly settings: object
  readonly input: { readonly activity: object; readonly context: object }
  readonly expected: object | { readonly skipped: string }
}

const source = 'Segment "Spec: Email"; Adobe "Activities"'
const email = {
  marketoGUID: '1',
  leadId: 204417,
  activityDate: '2025-11-19T17:40:00Z',
  campaignId: 3101,
  primaryAttributeValueId: 2290,
  primaryAttributeValue: 'Onboarding 2025.Welcome 1'
}
const emailProperties = {
  email_id: '2290',
  email_name: 'Onboarding 2025.Welcome 1',
  email_subject: 'Glad you are here',
  campaign_id: '3101',
  campaign_name: '02 - Send Welcome'
}
const ids = { lead_id: '204417', marketo_activity_id: '1' }
const traits = { email: 'mira.okafor@northwind.example' }

/** A case about the event's name and properties. */
const about = (
  name: string,
  activity: object,
  event: string,
  properties: object,
  more: object = {}
): EventCase => ({
  name,
  source,
  settings: {},
  input: { activity: { ...email, ...activity }, context },
  expected: {
    type: 'track',
    event,
    messageId: 'mkto:123-ABC-456:1',
    timestamp: '2025-11-19T17:40:00.000Z',
    userId: 'u_9137',
    properties: { ...properties, ...ids },
    context: { traits, externalIds: externalId('204417') },
    ...more
  }
})

const attributes = (all: Readonly<Record<string, unknown>>) =>
  Object.entries(all).map(([name, value]) => ({ name, value }))

const contextWith = (more: object): object => ({ context: { traits, ...more, externalIds: externalId('204417') } })

export const eventCases: ReadonlyArray<EventCase> = [
  {
    name: 'a click becomes Email Link Clicked',
    source,
    settings: {},
    input: {
      activity: {
        id: 880011,
        marketoGUID: '880011',
        leadId: 204417,
        activityDate: '2025-11-19T17:40:00Z',
        activityTypeId: 11,
        campaignId: 3101,
        primaryAttributeValueId: 2290,
        primaryAttributeValue: 'Onboarding 2025.Welcome 1',
        attributes: attributes({
          Link: 'https://northwind.example/start?u=1',
          'Step ID': 912,
          'Is Mobile Device': false
        })
      },
      context
    },
    expected: {
      type: 'track',
      event: 'Email Link Clicked',
      messageId: 'mkto:123-ABC-456:880011',
      timestamp: '2025-11-19T17:40:00.000Z',
      properties: {
        email_id: '2290',
        email_name: 'Onboarding 2025.Welcome 1',
        email_subject: 'Glad you are here',
        campaign_id: '3101',
        campaign_name: '02 - Send Welcome',
        step_id: 912,
        is_mobile_device: false,
        link_url: 'https://northwind.example/start?u=1',
        lead_id: '204417',
        marketo_activity_id: '880011'
      },
      context: { traits, externalIds: externalId('204417') },
      userId: 'u_9137'
    }
  },
  {
    name: 'a list add for an unknown lead falls back to an anonymous id made of the lead',
    source,
    settings: {},
    input: {
      activity: {
        id: 880031,
        marketoGUID: '880031',
        leadId: 204999,
        activityDate: '2025-11-20T00:00:00Z',
        activityTypeId: 24,
        primaryAttributeValueId: 5013,
        primaryAttributeValue: 'Segment: power users',
        attributes: attributes({ Source: 'Web service API' })
      },
      context
    },
    expected: {
      type: 'track',
      event: 'Lead Added to List',
      messageId: 'mkto:123-ABC-456:880031',
      timestamp: '2025-11-20T00:00:00.000Z',
      properties: {
        list_id: '5013',
        list_name: 'Segment: power users',
        source: 'Web service API',
        lead_id: '204999',
        marketo_activity_id: '880031'
      },
      context: { externalIds: externalId('204999') },
      anonymousId: 'marketo-123-ABC-456-204999'
    }
  },
  about('an email that was sent', { activityTypeId: 6 }, 'Email Sent', emailProperties),
  about(
    'an email that was delivered, its numbers as text',
    { activityTypeId: '7', attributes: { 'Campaign Run ID': '41', 'Choice Number': '0', 'Test Variant': '1.5' } },
    'Email Delivered',
    { ...emailProperties, campaign_run_id: 41, choice_number: 0, test_variant: 1.5 }
  ),
  about(
    'a hard bounce, with the address that bounced',
    { activityTypeId: 8, attributes: { Category: '2', Subcategory: 2001, Details: '550', Email: 'old@northwind.example' } },
    'Email Bounced',
    { bounce_type: 'hard', ...emailProperties, bounce_category: '2', bounce_subcategory: '2001', bounce_reason: '550' },
    { context: { traits: { email: 'old@northwind.example' }, externalIds: externalId('204417') } }
  ),
  about('a soft bounce', { activityTypeId: 27, attributes: [] }, 'Email Bounced', { bounce_type: 'soft', ...emailProperties }),
  about(
    'an unsubscribe, with the address of the network and no form',
    {
      activityTypeId: 9,
      attributes: { 'Client IP Address': '203.0.113.7', 'User Agent': 'Mozilla/5.0', 'Form Fields': 'a:1:{…}' }
    },
    'Unsubscribed',
    emailProperties,
    contextWith({ ip: '203.0.113.7', userAgent: 'Mozilla/5.0' })
  ),
  about(
    'an open by a robot, told as such',
    { activityTypeId: 10, attributes: { Device: 'iPhone', Platform: 'iOS', 'Is Mobile Device': 'True', 'Is Bot Activity': true } },
    'Email Opened',
    { ...emailProperties, device: 'iPhone', platform: 'iOS', is_mobile_device: true, is_bot: true }
  ),
  about(
    'a form, without what was filled in',
    {
      activityTypeId: 2,
      attributes: {
        'Webpage ID': 77,
        'Referrer URL': 'https://example.com/',
        'Query Parameters': 'a=1',
        'Form Fields': 'a:1:{s:5:"Email";s:3:"a@x";}',
        'Client IP Address': '203.0.113.7'
      }
    },
    'Form Submitted',
    {
      form_id: '2290',
      form_name: 'Onboarding 2025.Welcome 1',
      page_id: '77',
      referrer: 'https://example.com/',
      query_parameters: 'a=1',
      campaign_id: '3101'
    },
    contextWith({ ip: '203.0.113.7' })
  ),
  about('a list that was left', { activityTypeId: 25, campaignId: null }, 'Lead Removed from List', {
    list_id: '2290',
    list_name: 'Onboarding 2025.Welcome 1'
  }),
  about(
    'a score that rose from nothing',
    { activityTypeId: 22, attributes: { 'Change Value': '+10', 'Old Value': null, 'New Value': '10', Reason: 'clicked' } },
    'Lead Score Changed',
    {
      score_field_id: '2290',
      score_name: 'Onboarding 2025.Welcome 1',
      change: 10,
      new_value: 10,
      reason: 'clicked',
      campaign_id: '3101'
    }
  ),
  about(
    'a status in a program',
    {
      activityTypeId: 104,
      attributes: {
        'Old Status': 'Not in Program',
        'New Status': 'Member',
        'Old Status ID': 1,
        'New Status ID': '27',
        Success: false,
        'Acquired By': '1'
      }
    },
    'Program Status Changed',
    {
      program_id: '2290',
      program_name: 'Onboarding 2025.Welcome 1',
      old_status: 'Not in Program',
      new_status: 'Member',
      old_status_id: '1',
      new_status_id: '27',
      success: false,
      acquired_by: true,
      campaign_id: '3101'
    }
  ),
  about(
    'of attributes with one name the first counts',
    {
      activityTypeId: 11,
      attributes: [
        { name: 'Link', value: 'https://a.example/' },
        { name: 'Link', value: 'https://b.example/' }
      ]
    },
    'Email Link Clicked',
    { ...emailProperties, link_url: 'https://a.example/' }
  ),
  {
    ...about('another name, and one property more', { activityTypeId: 24 }, 'Joined', {
      list_id: '2290',
      list_name: 'Onboarding 2025.Welcome 1',
      campaign_id: '3101',
      why: 'x'
    }),
    settings: { events: [{ activityTypeId: 24, event: 'Joined', properties: [{ property: 'why', from: 'Why' }] }] },
    input: { activity: { ...email, activityTypeId: 24, attributes: { Why: 'x' } }, context }
  },
  {
    ...about('a custom type by table', { activityTypeId: 100_001 }, 'Demo Booked', {
      plan: 'Onboarding 2025.Welcome 1',
      seats: 3,
      trial: true,
      ref: '7'
    }),
    settings: {
      events: [
        {
          activityTypeId: 100_001,
          event: 'Demo Booked',
          properties: [
            { property: 'plan', from: 'primaryAttributeValue' },
            { property: 'seats', from: 'Seats', type: 'number' },
            { property: 'trial', from: 'Trial', type: 'boolean' },
            { property: 'ref', from: 'Ref', type: 'id' }
          ]
        }
      ]
    },
    input: {
      activity: { ...email, activityTypeId: 100_001, attributes: { Seats: ' 3 ', Trial: 1, Ref: 7 } },
      context
    }
  },
  {
    ...about('form fields that are named', { activityTypeId: 2 }, 'Form Submitted', {
      form_id: '2290',
      form_name: 'Onboarding 2025.Welcome 1',
      campaign_id: '3101',
      form_fields: { Email: 'zoé@x.example', Seats: 12 }
    }),
    settings: { formFields: ['Email', 'Seats', 'Absent'] },
    input: {
      activity: {
        ...email,
        activityTypeId: 2,
        attributes: { 'Form Fields': 'a:4:{s:5:"Email";s:14:"zoé@x.example";s:5:"Token";s:1:"t";s:5:"Seats";i:12;s:1:"N";N;}' }
      },
      context
    }
  }
]
