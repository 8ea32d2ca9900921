/**
 * Records of REST answers and files, and the rows that they become, whole.
 */

export interface RowsCase {
  readonly name: string
  readonly source: string
  /** Which reader: a collection, or the deletions that activities tell. */
  readonly reads: string
  readonly customLeadFields?: ReadonlyArray<string>
  readonly input: { readonly records: ReadonlyArray<unknown> } | { readonly file: string }
  /** The rows of each collection, in order, and whether they are partial. */
  readonly expected: { readonly partial: boolean; readonly rows: Readonly<Record<string, ReadonlyArray<object>>> }
}

export const rowsCases: ReadonlyArray<RowsCase> = [
  {
    name: 'leads with and without a family name',
    source: 'Segment "Marketo Source"; Adobe "Leads"',
    reads: 'leads',
    customLeadFields: ['leadScore', 'unsubscribed'],
    input: {
      records: [
        {
          id: 204417,
          email: 'mira.okafor@northwind.example',
          firstName: 'Mira',
          lastName: 'Okafor',
          createdAt: '2025-03-02T08:15:00Z',
          updatedAt: '2025-11-19T17:42:10Z',
          leadScore: 42,
          unsubscribed: false
        },
        {
          id: 204418,
          email: 't.lind@northwind.example',
          firstName: 'Tove',
          createdAt: '2025-04-11T21:03:44Z',
          updatedAt: '2025-11-20T06:00:01Z',
          leadScore: null,
          unsubscribed: true
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        leads: [
          {
            id: '204417',
            email: 'mira.okafor@northwind.example',
            first_name: 'Mira',
            last_name: 'Okafor',
            created_at: '2025-03-02T08:15:00.000Z',
            updated_at: '2025-11-19T17:42:10.000Z',
            deleted_at: null,
            lead_score: 42,
            unsubscribed: false
          },
          {
            id: '204418',
            email: 't.lind@northwind.example',
            first_name: 'Tove',
            last_name: null,
            created_at: '2025-04-11T21:03:44.000Z',
            updated_at: '2025-11-20T06:00:01.000Z',
            deleted_at: null,
            lead_score: null,
            unsubscribed: true
          }
        ]
      }
    }
  },
  {
    name: 'campaigns, one with a trigger and one without',
    source: 'Segment "Marketo Source"; Adobe "Campaigns"',
    reads: 'campaigns',
    input: {
      records: [
        {
          id: 3101,
          name: '02 - Send Welcome',
          description: 'first touch',
          type: 'trigger',
          programName: 'Onboarding 2025',
          programId: 1188,
          workspaceName: 'Default',
          createdAt: '2025-01-09T10:00:00Z',
          updatedAt: '2025-06-30T12:31:07Z',
          active: true
        },
        {
          id: 3102,
          name: 'Data hygiene weekly',
          type: 'batch',
          workspaceName: 'Default',
          createdAt: '2025-01-10T10:00:00Z',
          updatedAt: '2025-01-10T10:00:05Z',
          active: false
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        campaigns: [
          {
            id: '3101',
            name: '02 - Send Welcome',
            active: true,
            type: 'trigger',
            workspace_name: 'Default',
            created_at: '2025-01-09T10:00:00.000Z',
            updated_at: '2025-06-30T12:31:07.000Z'
          },
          {
            id: '3102',
            name: 'Data hygiene weekly',
            active: false,
            type: 'batch',
            workspace_name: 'Default',
            created_at: '2025-01-10T10:00:00.000Z',
            updated_at: '2025-01-10T10:00:05.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'emails, one ready and one half written',
    source: 'Segment "Marketo Source"; Adobe "Emails"',
    reads: 'email',
    input: {
      records: [
        {
          id: 2290,
          name: 'Welcome 1',
          description: '',
          createdAt: '2024-12-01T09:30:00Z+0000',
          updatedAt: '2025-02-14T11:00:59Z+0000',
          url: 'https://app-xx01.example/#EM2290B2',
          subject: { type: 'Text', value: 'Glad you are here' },
          fromName: { type: 'Text', value: 'Northwind Team' },
          fromEmail: { type: 'Text', value: 'hello@northwind.example' },
          replyEmail: { type: 'Text', value: 'care@northwind.example' },
          folder: { type: 'Program', value: 1188, folderName: 'Onboarding 2025' },
          operational: false,
          textOnly: false,
          publishToMSI: false,
          webView: true,
          status: 'approved',
          template: 31,
          workspace: 'Default',
          isOpenTrackingDisabled: false,
          version: 2,
          autoCopyToText: true,
          ccFields: null,
          preHeader: null
        },
        {
          id: 2291,
          name: 'Welcome 2 (wip)',
          description: null,
          createdAt: '2025-02-14T11:05:00Z+0000',
          updatedAt: '2025-02-14T11:05:00Z+0000',
          url: null,
          subject: { type: 'Text', value: '' },
          fromName: null,
          fromEmail: null,
          replyEmail: null,
          folder: { type: 'Folder', value: 88 },
          operational: true,
          textOnly: true,
          webView: false,
          status: 'draft',
          template: null,
          workspace: 'Default',
          version: 1
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        email: [
          {
            id: '2290',
            name: 'Welcome 1',
            status: 'approved',
            url: 'https://app-xx01.example/#EM2290B2',
            description: '',
            operational: false,
            template: '31',
            text_only: false,
            web_view: true,
            workspace: 'Default',
            version: 2,
            subject: 'Glad you are here',
            from_name: 'Northwind Team',
            from_email: 'hello@northwind.example',
            reply_email: 'care@northwind.example',
            folder_type: 'Program',
            folder_value: '1188',
            folder_name: 'Onboarding 2025',
            created_at: '2024-12-01T09:30:00.000Z',
            updated_at: '2025-02-14T11:00:59.000Z'
          },
          {
            id: '2291',
            name: 'Welcome 2 (wip)',
            status: 'draft',
            url: null,
            description: null,
            operational: true,
            template: null,
            text_only: true,
            web_view: false,
            workspace: 'Default',
            version: 1,
            subject: '',
            from_name: null,
            from_email: null,
            reply_email: null,
            folder_type: 'Folder',
            folder_value: '88',
            folder_name: null,
            created_at: '2025-02-14T11:05:00.000Z',
            updated_at: '2025-02-14T11:05:00.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'a page that visitors see',
    source: 'Segment "Marketo Source"; Adobe "Landing Pages"',
    reads: 'landing_pages',
    input: {
      records: [
        {
          id: 640,
          name: 'Pricing LP',
          description: 'spring test',
          createdAt: '2025-03-03T03:03:03Z+0000',
          updatedAt: '2025-03-04T04:04:04Z+0000',
          folder: { type: 'Folder', value: 11, folderName: 'Landing Pages' },
          workspace: 'Default',
          status: 'approved',
          template: 7,
          title: 'Pricing',
          keywords: 'pricing, plans',
          robots: 'index, nofollow',
          formPrefill: false,
          mobileEnabled: true,
          URL: 'https://go.northwind.example/Pricing-LP.html',
          computedUrl: 'https://app-xx01.example/#LP640B2'
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        landing_pages: [
          {
            id: '640',
            name: 'Pricing LP',
            status: 'approved',
            workspace: 'Default',
            url: 'https://go.northwind.example/Pricing-LP.html',
            computed_url: 'https://app-xx01.example/#LP640B2',
            mobile_enabled: true,
            robots: 'index, nofollow',
            keywords: 'pricing, plans',
            title: 'Pricing',
            template: '7',
            custom_head_html: null,
            description: 'spring test',
            facebook_og_tags: null,
            form_prefill: false,
            folder_type: 'Folder',
            folder_value: '11',
            folder_name: 'Landing Pages',
            created_at: '2025-03-03T03:03:03.000Z',
            updated_at: '2025-03-04T04:04:04.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'lists inside a program and beside one',
    source: 'Segment "Marketo Source"; Adobe "Static Lists"',
    reads: 'lists',
    input: {
      records: [
        {
          id: 5012,
          name: 'Webinar invitees',
          description: 'wave 1',
          programName: 'Spring Webinar',
          workspaceId: 1,
          workspaceName: 'Default',
          createdAt: '2025-05-05T05:05:05Z',
          updatedAt: '2025-05-06T06:06:06Z'
        },
        {
          id: 5013,
          name: 'Segment: power users',
          workspaceId: 1,
          workspaceName: 'Default',
          createdAt: '2025-05-07T05:05:05Z',
          updatedAt: '2025-05-07T05:05:05Z'
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        lists: [
          {
            id: '5012',
            name: 'Webinar invitees',
            description: 'wave 1',
            program_name: 'Spring Webinar',
            workspace_name: 'Default',
            created_at: '2025-05-05T05:05:05.000Z',
            updated_at: '2025-05-06T06:06:06.000Z'
          },
          {
            id: '5013',
            name: 'Segment: power users',
            description: null,
            program_name: null,
            workspace_name: 'Default',
            created_at: '2025-05-07T05:05:05.000Z',
            updated_at: '2025-05-07T05:05:05.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'a click with attributes, and a new lead without',
    source: 'Segment "Marketo Source"; Adobe "Activities"',
    reads: 'lead_activities',
    input: {
      records: [
        {
          id: 880011,
          marketoGUID: '880011',
          leadId: 204417,
          activityDate: '2025-11-19T17:40:00Z',
          activityTypeId: 11,
          campaignId: 3101,
          primaryAttributeValueId: 2290,
          primaryAttributeValue: 'Onboarding 2025.Welcome 1',
          attributes: [
            { name: 'Link', value: 'https://northwind.example/start?u=1' },
            { name: 'Step ID', value: 912 },
            { name: 'Is Mobile Device', value: false }
          ]
        },
        {
          id: 880012,
          marketoGUID: '880012',
          leadId: 204418,
          activityDate: '2025-11-19T17:41:30Z',
          activityTypeId: 12,
          primaryAttributeValueId: 204418,
          primaryAttributeValue: 'Tove',
          attributes: []
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        lead_activities: [
          {
            id: '880011',
            activity_id: '880011',
            lead_id: '204417',
            campaign_id: '3101',
            primary_attribute_value_id: '2290',
            primary_attribute_value: 'Onboarding 2025.Welcome 1',
            activity_type_id: '11',
            activity_date: '2025-11-19T17:40:00.000Z'
          },
          {
            id: '880012',
            activity_id: '880012',
            lead_id: '204418',
            campaign_id: null,
            primary_attribute_value_id: '204418',
            primary_attribute_value: 'Tove',
            activity_type_id: '12',
            activity_date: '2025-11-19T17:41:30.000Z'
          }
        ],
        lead_activity_attributes: [
          {
            id: '880011:11:Link',
            activity_id: '880011',
            activity_type_id: '11',
            activity_type_attribute_id: '11:Link',
            name: 'Link',
            value: 'https://northwind.example/start?u=1'
          },
          {
            id: '880011:11:Step ID',
            activity_id: '880011',
            activity_type_id: '11',
            activity_type_attribute_id: '11:Step ID',
            name: 'Step ID',
            value: '912'
          },
          {
            id: '880011:11:Is Mobile Device',
            activity_id: '880011',
            activity_type_id: '11',
            activity_type_attribute_id: '11:Is Mobile Device',
            name: 'Is Mobile Device',
            value: 'false'
          }
        ]
      }
    }
  },
  {
    name: 'what the opening of an email says',
    source: 'Segment "Marketo Source"; Adobe "Activities"',
    reads: 'lead_activity_attributes',
    input: {
      records: [
        {
          id: 880020,
          marketoGUID: '880020',
          leadId: 204417,
          activityDate: '2025-11-19T17:39:00Z',
          activityTypeId: 10,
          campaignId: 3101,
          primaryAttributeValueId: 2290,
          primaryAttributeValue: 'Onboarding 2025.Welcome 1',
          attributes: [
            { name: 'Device', value: 'iPhone' },
            { name: 'Is Bot Activity', value: false },
            { name: 'Campaign Run ID', value: 77 }
          ]
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        lead_activities: [
          {
            id: '880020',
            activity_id: '880020',
            lead_id: '204417',
            campaign_id: '3101',
            primary_attribute_value_id: '2290',
            primary_attribute_value: 'Onboarding 2025.Welcome 1',
            activity_type_id: '10',
            activity_date: '2025-11-19T17:39:00.000Z'
          }
        ],
        lead_activity_attributes: [
          {
            id: '880020:10:Device',
            activity_id: '880020',
            activity_type_id: '10',
            activity_type_attribute_id: '10:Device',
            name: 'Device',
            value: 'iPhone'
          },
          {
            id: '880020:10:Is Bot Activity',
            activity_id: '880020',
            activity_type_id: '10',
            activity_type_attribute_id: '10:Is Bot Activity',
            name: 'Is Bot Activity',
            value: 'false'
          },
          {
            id: '880020:10:Campaign Run ID',
            activity_id: '880020',
            activity_type_id: '10',
            activity_type_attribute_id: '10:Campaign Run ID',
            name: 'Campaign Run ID',
            value: '77'
          }
        ]
      }
    }
  },
  {
    name: 'types, one of which has no primary attribute',
    source: 'Segment "Marketo Source"; Adobe "Activities"',
    reads: 'lead_activity_types',
    input: {
      records: [
        {
          id: 2,
          name: 'Fill Out Form',
          description: 'User fills out and submits form on web page',
          primaryAttribute: { name: 'Webform ID', dataType: 'integer' },
          attributes: [
            { name: 'Client IP Address', dataType: 'string' },
            { name: 'Form Fields', dataType: 'text' },
            { name: 'Webpage ID', dataType: 'integer' }
          ]
        },
        {
          id: 12,
          name: 'New Lead',
          description: 'New person/record is added to the lead database',
          attributes: [
            { name: 'Created Date', dataType: 'date' },
            { name: 'Source Type', dataType: 'string' }
          ]
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        lead_activity_types: [
          {
            id: '2',
            name: 'Fill Out Form',
            description: 'User fills out and submits form on web page',
            primary_attribute_name: 'Webform ID',
            primary_attribute_data_type: 'integer'
          },
          {
            id: '12',
            name: 'New Lead',
            description: 'New person/record is added to the lead database',
            primary_attribute_name: null,
            primary_attribute_data_type: null
          }
        ],
        lead_activity_type_attributes: [
          { id: '2:Client IP Address', activity_type_id: '2', name: 'Client IP Address', data_type: 'string' },
          { id: '2:Form Fields', activity_type_id: '2', name: 'Form Fields', data_type: 'text' },
          { id: '2:Webpage ID', activity_type_id: '2', name: 'Webpage ID', data_type: 'integer' },
          { id: '12:Created Date', activity_type_id: '12', name: 'Created Date', data_type: 'date' },
          { id: '12:Source Type', activity_type_id: '12', name: 'Source Type', data_type: 'string' }
        ]
      }
    }
  },
  {
    name: 'a type that the instance made',
    source: 'Segment "Marketo Source"; Adobe "Activities"',
    reads: 'lead_activity_type_attributes',
    input: {
      records: [
        {
          id: 100003,
          name: 'Completed Tour',
          description: 'Finished the product tour',
          primaryAttribute: { name: 'Tour', apiName: 'tour', dataType: 'string' },
          attributes: [
            { name: 'Steps', apiName: 'steps', dataType: 'integer' },
            { name: 'Ended At', apiName: 'endedAt', dataType: 'datetime' }
          ]
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        lead_activity_types: [
          {
            id: '100003',
            name: 'Completed Tour',
            description: 'Finished the product tour',
            primary_attribute_name: 'Tour',
            primary_attribute_data_type: 'string'
          }
        ],
        lead_activity_type_attributes: [
          { id: '100003:Steps', activity_type_id: '100003', name: 'Steps', data_type: 'integer' },
          { id: '100003:Ended At', activity_type_id: '100003', name: 'Ended At', data_type: 'datetime' }
        ]
      }
    }
  },
  {
    name: 'programs, one linked to Salesforce',
    source: 'Segment "Marketo Source"; Adobe "Programs"',
    reads: 'programs',
    input: {
      records: [
        {
          id: 1188,
          name: 'Onboarding 2025',
          description: '',
          createdAt: '2025-01-08T14:25:35Z+0000',
          updatedAt: '2025-09-18T15:25:46Z+0000',
          url: 'https://app-xx01.example/#PG1188A1',
          type: 'Default',
          channel: 'Online Advertising',
          folder: { type: 'Folder', value: 28, folderName: 'Programs' },
          status: '',
          workspace: 'Default',
          headStart: false
        },
        {
          id: 1190,
          name: 'Nurture EMEA',
          description: 'drip',
          createdAt: '2025-02-01T00:00:00Z+0000',
          updatedAt: '2025-10-01T00:00:00Z+0000',
          url: 'https://app-xx01.example/#NP1190A1',
          type: 'Engagement',
          channel: 'Nurture',
          folder: { type: 'Folder', value: 29, folderName: 'Nurture' },
          status: 'on',
          workspace: 'EMEA',
          sfdcId: '7015g000000ABCdAAO',
          sfdcName: 'Nurture EMEA FY25'
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        programs: [
          {
            id: '1188',
            name: 'Onboarding 2025',
            description: '',
            url: 'https://app-xx01.example/#PG1188A1',
            type: 'Default',
            channel: 'Online Advertising',
            status: '',
            workspace: 'Default',
            sfdc_id: null,
            sfdc_name: null,
            folder_value: '28',
            folder_name: 'Programs',
            folder_type: 'Folder',
            created_at: '2025-01-08T14:25:35.000Z',
            updated_at: '2025-09-18T15:25:46.000Z'
          },
          {
            id: '1190',
            name: 'Nurture EMEA',
            description: 'drip',
            url: 'https://app-xx01.example/#NP1190A1',
            type: 'Engagement',
            channel: 'Nurture',
            status: 'on',
            workspace: 'EMEA',
            sfdc_id: '7015g000000ABCdAAO',
            sfdc_name: 'Nurture EMEA FY25',
            folder_value: '29',
            folder_name: 'Nurture',
            folder_type: 'Folder',
            created_at: '2025-02-01T00:00:00.000Z',
            updated_at: '2025-10-01T00:00:00.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'segmentations',
    source: 'Segment "Marketo Source"; Adobe "Dynamic Content"',
    reads: 'segmentation',
    input: {
      records: [
        {
          id: 1004,
          name: 'Industry',
          description: '',
          createdAt: '2024-04-06T18:23:32Z+0000',
          updatedAt: '2024-04-06T18:37:10Z+0000',
          url: 'https://app-xx01.example/#SG1004A1',
          folder: { type: 'Program', value: 396, folderName: null },
          status: 'approved',
          workspace: 'Default'
        },
        {
          id: 1005,
          name: 'Region',
          description: null,
          createdAt: '2024-05-06T18:23:32Z+0000',
          updatedAt: '2024-05-06T18:23:32Z+0000',
          url: 'https://app-xx01.example/#SG1005A1',
          folder: { type: 'Program', value: 396, folderName: null },
          status: 'draft',
          workspace: 'Default'
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        segmentation: [
          {
            id: '1004',
            name: 'Industry',
            url: 'https://app-xx01.example/#SG1004A1',
            description: '',
            status: 'approved',
            workspace: 'Default',
            folder_value: '396',
            folder_name: null,
            folder_type: 'Program',
            created_at: '2024-04-06T18:23:32.000Z',
            updated_at: '2024-04-06T18:37:10.000Z'
          },
          {
            id: '1005',
            name: 'Region',
            url: 'https://app-xx01.example/#SG1005A1',
            description: null,
            status: 'draft',
            workspace: 'Default',
            folder_value: '396',
            folder_name: null,
            folder_type: 'Program',
            created_at: '2024-05-06T18:23:32.000Z',
            updated_at: '2024-05-06T18:23:32.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'segments, one of which nothing links to',
    source: 'Segment "Marketo Source"; Adobe "Dynamic Content"',
    reads: 'segments',
    input: {
      records: [
        {
          id: 2001,
          name: 'Manufacturing',
          description: null,
          createdAt: '2024-04-06T18:23:32Z+0000',
          updatedAt: '2024-04-06T18:37:09Z+0000',
          status: 'approved',
          segmentationId: 1004
        },
        {
          id: 2002,
          name: 'Default',
          description: null,
          createdAt: '2024-04-06T18:23:32Z+0000',
          updatedAt: '2024-04-06T18:37:09Z+0000',
          url: 'https://app-xx01.example/#SL2002A1',
          status: 'approved',
          segmentationId: 1004
        }
      ]
    },
    expected: {
      partial: false,
      rows: {
        segments: [
          {
            id: '2001',
            name: 'Manufacturing',
            segmentation_id: '1004',
            description: null,
            url: null,
            created_at: '2024-04-06T18:23:32.000Z',
            updated_at: '2024-04-06T18:37:09.000Z'
          },
          {
            id: '2002',
            name: 'Default',
            segmentation_id: '1004',
            description: null,
            url: 'https://app-xx01.example/#SL2002A1',
            created_at: '2024-04-06T18:23:32.000Z',
            updated_at: '2024-04-06T18:37:09.000Z'
          }
        ]
      }
    }
  },
  {
    name: 'a file of activities',
    source: 'Segment "Marketo Source"; Adobe "Bulk Activity Extract"',
    reads: 'lead_activities',
    input: {
      file: 'marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes\n990001,204417,2025-11-01T09:00:00Z,104,3101,1188,Onboarding 2025,"{""Old Status"":""Not in Program"",""New Status"":""Member"",""Success"":false,""New Status ID"":27}"\n990002,204418,2025-11-01T09:00:05Z,24,null,5013,"Segment: power users","{""Source"":""Web service API""}"\n'
    },
    expected: {
      partial: false,
      rows: {
        lead_activities: [
          {
            id: '990001',
            activity_id: null,
            lead_id: '204417',
            campaign_id: '3101',
            primary_attribute_value_id: '1188',
            primary_attribute_value: 'Onboarding 2025',
            activity_type_id: '104',
            activity_date: '2025-11-01T09:00:00.000Z'
          },
          {
            id: '990002',
            activity_id: null,
            lead_id: '204418',
            campaign_id: null,
            primary_attribute_value_id: '5013',
            primary_attribute_value: 'Segment: power users',
            activity_type_id: '24',
            activity_date: '2025-11-01T09:00:05.000Z'
          }
        ],
        lead_activity_attributes: [
          {
            id: '990001:104:Old Status',
            activity_id: '990001',
            activity_type_id: '104',
            activity_type_attribute_id: '104:Old Status',
            name: 'Old Status',
            value: 'Not in Program'
          },
          {
            id: '990001:104:New Status',
            activity_id: '990001',
            activity_type_id: '104',
            activity_type_attribute_id: '104:New Status',
            name: 'New Status',
            value: 'Member'
          },
          {
            id: '990001:104:Success',
            activity_id: '990001',
            activity_type_id: '104',
            activity_type_attribute_id: '104:Success',
            name: 'Success',
            value: 'false'
          },
          {
            id: '990001:104:New Status ID',
            activity_id: '990001',
            activity_type_id: '104',
            activity_type_attribute_id: '104:New Status ID',
            name: 'New Status ID',
            value: '27'
          },
          {
            id: '990002:24:Source',
            activity_id: '990002',
            activity_type_id: '24',
            activity_type_attribute_id: '24:Source',
            name: 'Source',
            value: 'Web service API'
          }
        ]
      }
    }
  },
  {
    name: 'a file of leads, one of whom is called Null',
    source: 'Segment "Marketo Source"; Adobe "Bulk Lead Extract"',
    reads: 'leads',
    input: {
      file: 'id,firstName,lastName,email,createdAt,updatedAt\n204417,Mira,Okafor,mira.okafor@northwind.example,2025-03-02T08:15:00Z,2025-11-19T17:42:10Z\n204419,Null,null,null,2025-03-02T08:15:00Z,2025-03-02T08:15:00Z\n'
    },
    expected: {
      partial: false,
      rows: {
        leads: [
          {
            id: '204417',
            email: 'mira.okafor@northwind.example',
            first_name: 'Mira',
            last_name: 'Okafor',
            created_at: '2025-03-02T08:15:00.000Z',
            updated_at: '2025-11-19T17:42:10.000Z',
            deleted_at: null
          },
          {
            id: '204419',
            email: null,
            first_name: 'Null',
            last_name: null,
            created_at: '2025-03-02T08:15:00.000Z',
            updated_at: '2025-03-02T08:15:00.000Z',
            deleted_at: null
          }
        ]
      }
    }
  },
  {
    name: 'a lead that was deleted',
    source: 'Segment "Marketo Source"; Adobe "Activities"',
    reads: 'deletions',
    input: {
      records: [
        {
          id: 61,
          marketoGUID: '61',
          leadId: 204301,
          activityDate: '2025-10-26T06:56:35+0000',
          activityTypeId: 37,
          primaryAttributeValueId: 204301,
          primaryAttributeValue: 'Ana Ruiz',
          attributes: []
        }
      ]
    },
    expected: { partial: true, rows: { leads: [{ id: '204301', deleted_at: '2025-10-26T06:56:35.000Z' }] } }
  }
]
