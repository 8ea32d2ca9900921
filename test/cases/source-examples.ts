/**
 * One record of each collection as Marketo tells it, and the rows that it becomes; together they are one small instance. The pages of the
 * collections are drawn from them.
 */
import type { Json } from '../../src/ground/json.js'
import type { Row } from '../../src/source/collection.js'

export interface SourceExample {
  readonly record: Json
  readonly rows: ReadonlyArray<Row>
}

const activity = {
  marketoGUID: '880011',
  id: 102988,
  leadId: 318,
  activityDate: '2025-11-19T17:40:00Z',
  activityTypeId: 11,
  campaignId: 3101,
  primaryAttributeValueId: 2290,
  primaryAttributeValue: 'Onboarding.Welcome',
  attributes: [
    { name: 'Link', value: 'https://www.example.com/start' },
    { name: 'Is Mobile Device', value: false }
  ]
}

const activityType = {
  id: 11,
  name: 'Click Email',
  description: 'Somebody follows a link in an email',
  primaryAttribute: { name: 'Mailing ID', dataType: 'integer' },
  attributes: [{ name: 'Link', dataType: 'string' }]
}

const asset = { createdAt: '2025-10-01T08:00:00Z+0000', updatedAt: '2025-10-14T15:20:00Z+0000' }
const assetTimes = { created_at: '2025-10-01T08:00:00.000Z', updated_at: '2025-10-14T15:20:00.000Z' }
const record = { createdAt: '2025-10-01T08:00:00Z', updatedAt: '2025-10-14T15:20:00Z' }
const screen = (part: string): string => `https://app-ab00.marketo.com/#${part}`

export const sourceExamples: Readonly<Record<string, SourceExample>> = {
  leads: {
    record: {
      id: 318,
      email: 'ana@example.com',
      firstName: 'Ana',
      lastName: 'Cruz',
      createdAt: '2025-01-08T09:30:12Z',
      updatedAt: '2025-11-19T17:45:00Z'
    },
    rows: [
      {
        id: '318',
        email: 'ana@example.com',
        first_name: 'Ana',
        last_name: 'Cruz',
        created_at: '2025-01-08T09:30:12.000Z',
        updated_at: '2025-11-19T17:45:00.000Z',
        deleted_at: null
      }
    ]
  },
  campaigns: {
    record: { id: 3101, name: 'Send Welcome', type: 'trigger', active: true, workspaceName: 'Default', ...record },
    rows: [
      { id: '3101', name: 'Send Welcome', active: true, type: 'trigger', workspace_name: 'Default', ...assetTimes }
    ]
  },
  email: {
    record: {
      id: 2290,
      name: 'Welcome',
      description: '',
      url: screen('EM2290A1'),
      subject: { type: 'Text', value: 'Glad you are here' },
      fromName: { type: 'Text', value: 'Example' },
      fromEmail: { type: 'Text', value: 'hello@example.com' },
      replyEmail: null,
      folder: { type: 'Program', value: 1188, folderName: 'Onboarding' },
      operational: false,
      textOnly: false,
      webView: true,
      status: 'approved',
      template: 14,
      workspace: 'Default',
      version: 2,
      ...asset
    },
    rows: [
      {
        id: '2290',
        name: 'Welcome',
        status: 'approved',
        url: screen('EM2290A1'),
        description: '',
        operational: false,
        template: '14',
        text_only: false,
        web_view: true,
        workspace: 'Default',
        version: 2,
        subject: 'Glad you are here',
        from_name: 'Example',
        from_email: 'hello@example.com',
        reply_email: null,
        folder_type: 'Program',
        folder_value: '1188',
        folder_name: 'Onboarding',
        ...assetTimes
      }
    ]
  },
  landing_pages: {
    record: {
      id: 417,
      name: 'Start',
      description: '',
      URL: 'https://pages.example.com/start.html',
      computedUrl: screen('LP417B2'),
      folder: { type: 'Folder', value: 52, folderName: 'Pages' },
      status: 'draft',
      template: 3,
      title: 'Start here',
      robots: 'index, follow',
      formPrefill: true,
      mobileEnabled: false,
      workspace: 'Default',
      ...asset
    },
    rows: [
      {
        id: '417',
        name: 'Start',
        status: 'draft',
        workspace: 'Default',
        url: 'https://pages.example.com/start.html',
        computed_url: screen('LP417B2'),
        mobile_enabled: false,
        robots: 'index, follow',
        keywords: null,
        title: 'Start here',
        template: '3',
        custom_head_html: null,
        description: '',
        facebook_og_tags: null,
        form_prefill: true,
        folder_type: 'Folder',
        folder_value: '52',
        folder_name: 'Pages',
        ...assetTimes
      }
    ]
  },
  lists: {
    record: { id: 1001, name: 'Newsletter', programName: 'Onboarding', workspaceName: 'Default', ...record },
    rows: [
      {
        id: '1001',
        name: 'Newsletter',
        description: null,
        program_name: 'Onboarding',
        workspace_name: 'Default',
        ...assetTimes
      }
    ]
  },
  lead_activities: {
    record: activity,
    rows: [
      {
        id: '880011',
        activity_id: '102988',
        lead_id: '318',
        campaign_id: '3101',
        primary_attribute_value_id: '2290',
        primary_attribute_value: 'Onboarding.Welcome',
        activity_type_id: '11',
        activity_date: '2025-11-19T17:40:00.000Z'
      }
    ]
  },
  lead_activity_attributes: {
    record: activity,
    rows: [
      {
        id: '880011:11:Link',
        activity_id: '880011',
        activity_type_id: '11',
        activity_type_attribute_id: '11:Link',
        name: 'Link',
        value: 'https://www.example.com/start'
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
  },
  lead_activity_types: {
    record: activityType,
    rows: [
      {
        id: '11',
        name: 'Click Email',
        description: 'Somebody follows a link in an email',
        primary_attribute_name: 'Mailing ID',
        primary_attribute_data_type: 'integer'
      }
    ]
  },
  lead_activity_type_attributes: {
    record: activityType,
    rows: [{ id: '11:Link', activity_type_id: '11', name: 'Link', data_type: 'string' }]
  },
  programs: {
    record: {
      id: 1188,
      name: 'Onboarding',
      description: '',
      url: screen('PG1188A1'),
      type: 'Engagement',
      channel: 'Nurture',
      status: 'on',
      workspace: 'Default',
      folder: { type: 'Folder', value: 40, folderName: 'Lifecycle' },
      ...asset
    },
    rows: [
      {
        id: '1188',
        name: 'Onboarding',
        description: '',
        url: screen('PG1188A1'),
        type: 'Engagement',
        channel: 'Nurture',
        status: 'on',
        workspace: 'Default',
        sfdc_id: null,
        sfdc_name: null,
        folder_value: '40',
        folder_name: 'Lifecycle',
        folder_type: 'Folder',
        ...assetTimes
      }
    ]
  },
  segmentation: {
    record: {
      id: 1002,
      name: 'Region',
      url: screen('SG1002A1'),
      description: '',
      status: 'approved',
      workspace: 'Default',
      folder: { type: 'Folder', value: 14, folderName: null },
      ...asset
    },
    rows: [
      {
        id: '1002',
        name: 'Region',
        url: screen('SG1002A1'),
        description: '',
        status: 'approved',
        workspace: 'Default',
        folder_value: '14',
        folder_name: null,
        folder_type: 'Folder',
        ...assetTimes
      }
    ]
  },
  segments: {
    record: { id: 1017, name: 'Europe', segmentationId: 1002, description: '', status: 'approved', ...asset },
    rows: [{ id: '1017', name: 'Europe', segmentation_id: '1002', description: '', url: null, ...assetTimes }]
  }
}
