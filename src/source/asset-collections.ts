/**
 * The collections of what is made in Marketo: campaigns, emails, pages, lists, programs, segmentations.
 *
 *     record    { "id": 2290, "subject": { "type": "Text", "value": "…" }, "folder": { "type": "Program", "value": 1188, … } }
 *     row       id  subject  folder_type  folder_value  …
 *
 * Marketo has superseded the ways that tell campaigns and lists under the names of these columns; the ways that follow them say
 * `isActive`, `workspace`, and a program only as the folder.
 *
 * Sources: Segment "Marketo Source", Collection properties; Adobe "Campaigns", "Smart Campaigns", "Emails", "Landing Pages", "Static
 * Lists", "Programs", "Dynamic Content".
 *
 * @module
 */
import type { Collection, Column } from './collection.js'

/** A list inside a program: its folder is the program. */
const programFolder: Column['lastly'] & object = {
  from: ['folder', 'folderName'],
  when: ['folder', 'type'],
  is: 'Program'
}

/** Smart campaigns. @internal */
export const campaigns: Collection = {
  name: 'campaigns',
  says: 'smart campaigns',
  reads: {
    by: 'token',
    endpoint: 'getCampaigns',
    path: ['rest', 'v1', 'campaigns.json'],
    query: [],
    parent: null,
    updated: false
  },
  otherwise: {
    by: 'offset',
    endpoint: 'getSmartCampaigns',
    path: ['rest', 'asset', 'v1', 'smartCampaigns.json'],
    query: [],
    parent: null,
    updated: false
  },
  // biome-ignore format: table
  columns: [
    { name: 'id',             type: 'id',      from: [['id']],                           says: 'the campaign' },
    { name: 'name',           type: 'text',    from: [['name']],                         says: 'what it is called' },
    { name: 'active',         type: 'boolean', from: [['active'], ['isActive']],         says: 'whether its trigger is on; batch campaigns have none' },
    { name: 'type',           type: 'text',    from: [['type']],                         says: '`batch` or `trigger`' },
    { name: 'workspace_name', type: 'text',    from: [['workspaceName'], ['workspace']], says: 'the workspace that it belongs to' },
    { name: 'created_at',     type: 'time',    from: [['createdAt']],                    says: 'when the campaign was made' },
    { name: 'updated_at',     type: 'time',    from: [['updatedAt']],                    says: 'when the campaign last changed' }
  ]
}

/** Emails. @internal */
export const email: Collection = {
  name: 'email',
  says: 'emails',
  reads: {
    by: 'offset',
    endpoint: 'getEmails',
    path: ['rest', 'asset', 'v1', 'emails.json'],
    query: [],
    parent: null,
    updated: true
  },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',           type: 'id',      from: [['id']],                                says: 'the email' },
    { name: 'name',         type: 'text',    from: [['name']],                              says: 'what it is called' },
    { name: 'status',       type: 'text',    from: [['status']],                            says: '`approved` or `draft`' },
    { name: 'url',          type: 'text',    from: [['url']],                               says: "where Marketo's own screens show it" },
    { name: 'description',  type: 'text',    from: [['description']],                       says: 'what somebody wrote about it' },
    { name: 'operational',  type: 'boolean', from: [['operational']],                       says: 'whether it goes to the unsubscribed too' },
    { name: 'template',     type: 'id',      from: [['template']],                          says: 'the template that it was made from' },
    { name: 'text_only',    type: 'boolean', from: [['textOnly']],                          says: 'whether it goes out as plain text alone' },
    { name: 'web_view',     type: 'boolean', from: [['webView']],                           says: 'whether it offers itself as a web page' },
    { name: 'workspace',    type: 'text',    from: [['workspace']],                         says: 'the workspace that it belongs to' },
    { name: 'version',      type: 'integer', from: [['version']],                           says: '1 or 2: the editor that made it' },
    { name: 'subject',      type: 'text',    from: [['subject']],                           says: 'subject line' },
    { name: 'from_name',    type: 'text',    from: [['fromName']],                          says: "sender's name" },
    { name: 'from_email',   type: 'text',    from: [['fromEmail']],                         says: "sender's address" },
    { name: 'reply_email',  type: 'text',    from: [['replyEmail']],                        says: 'where replies go' },
    { name: 'folder_type',  type: 'text',    from: [['folder', 'type']],                    says: '`Folder` or `Program`' },
    { name: 'folder_value', type: 'id',      from: [['folder', 'value'], ['folder', 'id']], says: 'the folder or program that holds the email' },
    { name: 'folder_name',  type: 'text',    from: [['folder', 'folderName']],              says: 'what that folder or program is called' },
    { name: 'created_at',   type: 'time',    from: [['createdAt']],                         says: 'when the email was made' },
    { name: 'updated_at',   type: 'time',    from: [['updatedAt']],                         says: 'when the email last changed' }
  ]
}

/** Landing pages. @internal */
export const landingPages: Collection = {
  name: 'landing_pages',
  says: 'landing pages',
  reads: {
    by: 'offset',
    endpoint: 'getLandingPages',
    path: ['rest', 'asset', 'v1', 'landingPages.json'],
    query: [],
    parent: null,
    updated: false
  },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',               type: 'id',      from: [['id']],                                says: 'the page' },
    { name: 'name',             type: 'text',    from: [['name']],                              says: 'what it is called' },
    { name: 'status',           type: 'text',    from: [['status']],                            says: '`approved` or `draft`' },
    { name: 'workspace',        type: 'text',    from: [['workspace']],                         says: 'the workspace that it belongs to' },
    { name: 'url',              type: 'text',    from: [['URL'], ['url']],                      says: 'where visitors find it' },
    { name: 'computed_url',     type: 'text',    from: [['computedUrl']],                       says: "where Marketo's own screens show it" },
    { name: 'mobile_enabled',   type: 'boolean', from: [['mobileEnabled']],                     says: 'whether it has a form for small screens' },
    { name: 'robots',           type: 'text',    from: [['robots']],                            says: 'what its meta tag tells crawlers' },
    { name: 'keywords',         type: 'text',    from: [['keywords']],                          says: 'keywords of its meta tag' },
    { name: 'title',            type: 'text',    from: [['title']],                             says: 'title of the page' },
    { name: 'template',         type: 'id',      from: [['template']],                          says: 'the template that it was made from' },
    { name: 'custom_head_html', type: 'text',    from: [['customHeadHTML']],                    says: 'HTML of its own in the head' },
    { name: 'description',      type: 'text',    from: [['description']],                       says: 'what somebody wrote about it' },
    { name: 'facebook_og_tags', type: 'text',    from: [['facebookOgTags']],                    says: 'OpenGraph tags' },
    { name: 'form_prefill',     type: 'boolean', from: [['formPrefill']],                       says: 'whether its forms come filled in' },
    { name: 'folder_type',      type: 'text',    from: [['folder', 'type']],                    says: '`Folder` or `Program`' },
    { name: 'folder_value',     type: 'id',      from: [['folder', 'value'], ['folder', 'id']], says: 'the folder or program that holds the page' },
    { name: 'folder_name',      type: 'text',    from: [['folder', 'folderName']],              says: 'what that folder or program is called' },
    { name: 'created_at',       type: 'time',    from: [['createdAt']],                         says: 'when the page was made' },
    { name: 'updated_at',       type: 'time',    from: [['updatedAt']],                         says: 'when the page last changed' }
  ]
}

/** Static lists. @internal */
export const lists: Collection = {
  name: 'lists',
  says: 'static lists',
  reads: {
    by: 'token',
    endpoint: 'getLists',
    path: ['rest', 'v1', 'lists.json'],
    query: [],
    parent: null,
    updated: false
  },
  otherwise: {
    by: 'offset',
    endpoint: 'getStaticLists',
    path: ['rest', 'asset', 'v1', 'staticLists.json'],
    query: [],
    parent: null,
    updated: false
  },
  // biome-ignore format: table
  columns: [
    { name: 'id',             type: 'id',   from: [['id']],                           says: 'the list' },
    { name: 'name',           type: 'text', from: [['name']],                         says: 'what it is called' },
    { name: 'description',    type: 'text', from: [['description']],                  says: 'what somebody wrote about it' },
    { name: 'program_name',   type: 'text', from: [['programName']],                  says: 'the program that it belongs to, if one does', lastly: programFolder },
    { name: 'workspace_name', type: 'text', from: [['workspaceName'], ['workspace']], says: 'the workspace that it belongs to' },
    { name: 'created_at',     type: 'time', from: [['createdAt']],                    says: 'when the list was made' },
    { name: 'updated_at',     type: 'time', from: [['updatedAt']],                    says: 'when the list last changed' }
  ]
}

/** Programs. @internal */
export const programs: Collection = {
  name: 'programs',
  says: 'programs',
  reads: {
    by: 'offset',
    endpoint: 'getPrograms',
    path: ['rest', 'asset', 'v1', 'programs.json'],
    query: [],
    parent: null,
    updated: true
  },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',           type: 'id',   from: [['id']],                                says: 'the program' },
    { name: 'name',         type: 'text', from: [['name']],                              says: 'what it is called' },
    { name: 'description',  type: 'text', from: [['description']],                       says: 'what somebody wrote about it' },
    { name: 'url',          type: 'text', from: [['url']],                               says: "where Marketo's own screens show it" },
    { name: 'type',         type: 'text', from: [['type']],                              says: 'kind of program, such as `Default`, `Event` or `Engagement`' },
    { name: 'channel',      type: 'text', from: [['channel']],                           says: 'channel, which has the steps of its members' },
    { name: 'status',       type: 'text', from: [['status']],                            says: '`on`, `off`, `locked` or `unlocked`, where the type has one' },
    { name: 'workspace',    type: 'text', from: [['workspace']],                         says: 'the workspace that it belongs to' },
    { name: 'sfdc_id',      type: 'id',   from: [['sfdcId']],                            says: 'the Salesforce campaign that it is linked to' },
    { name: 'sfdc_name',    type: 'text', from: [['sfdcName']],                          says: 'what that campaign is called' },
    { name: 'folder_value', type: 'id',   from: [['folder', 'value'], ['folder', 'id']], says: 'the folder or program that holds the program' },
    { name: 'folder_name',  type: 'text', from: [['folder', 'folderName']],              says: 'what that folder or program is called' },
    { name: 'folder_type',  type: 'text', from: [['folder', 'type']],                    says: '`Folder` or `Program`' },
    { name: 'created_at',   type: 'time', from: [['createdAt']],                         says: 'when the program was made' },
    { name: 'updated_at',   type: 'time', from: [['updatedAt']],                         says: 'when the program last changed' }
  ]
}

/** Segmentations. @internal */
export const segmentation: Collection = {
  name: 'segmentation',
  says: 'segmentations: ways to part all leads',
  reads: {
    by: 'once',
    endpoint: 'getSegmentations',
    path: ['rest', 'asset', 'v1', 'segmentation.json'],
    query: [],
    parent: null,
    updated: false
  },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',           type: 'id',   from: [['id']],                                says: 'the segmentation' },
    { name: 'name',         type: 'text', from: [['name']],                              says: 'what it is called' },
    { name: 'url',          type: 'text', from: [['url']],                               says: "where Marketo's own screens show it" },
    { name: 'description',  type: 'text', from: [['description']],                       says: 'what somebody wrote about it' },
    { name: 'status',       type: 'text', from: [['status']],                            says: '`approved` or `draft`' },
    { name: 'workspace',    type: 'text', from: [['workspace']],                         says: 'the workspace that it belongs to' },
    { name: 'folder_value', type: 'id',   from: [['folder', 'value'], ['folder', 'id']], says: 'the folder or program that holds the segmentation' },
    { name: 'folder_name',  type: 'text', from: [['folder', 'folderName']],              says: 'what that folder or program is called' },
    { name: 'folder_type',  type: 'text', from: [['folder', 'type']],                    says: '`Folder` or `Program`' },
    { name: 'created_at',   type: 'time', from: [['createdAt']],                         says: 'when the segmentation was made' },
    { name: 'updated_at',   type: 'time', from: [['updatedAt']],                         says: 'when the segmentation last changed' }
  ]
}

/** Segments. @internal */
export const segments: Collection = {
  name: 'segments',
  says: 'the parts of each segmentation',
  reads: {
    by: 'offset',
    endpoint: 'getSegments',
    path: ['rest', 'asset', 'v1', 'segmentation', '{id}', 'segments.json'],
    query: [],
    parent: 'segmentation',
    updated: false
  },
  otherwise: null,
  // biome-ignore format: table
  columns: [
    { name: 'id',              type: 'id',   from: [['id']],             says: 'the segment' },
    { name: 'name',            type: 'text', from: [['name']],           says: 'what it is called' },
    { name: 'segmentation_id', type: 'id',   from: [['segmentationId']], says: 'the segmentation; as it was asked for where the record does not say' },
    { name: 'description',     type: 'text', from: [['description']],    says: 'what somebody wrote about it' },
    { name: 'url',             type: 'text', from: [['url']],            says: "where Marketo's own screens show it" },
    { name: 'created_at',      type: 'time', from: [['createdAt']],      says: 'when the segment was made' },
    { name: 'updated_at',      type: 'time', from: [['updatedAt']],      says: 'when the segment last changed' }
  ]
}
