/**
 * A migration as a page of Markdown that somebody can follow who has seen neither the settings nor the code.
 *
 *     # From Marketo v1 to Marketo v2
 *     ## 1. … ## 6.            the steps of Segment's page
 *     ## What has no equivalent
 *     ## Settings of v2        to store
 *
 * Names come from events: they stand as code, cut at 120 characters, with everything that could move a cursor or turn a line around
 * written as an escape.
 *
 * Source: Segment "Marketo v2 Destination", Migrating from Marketo to Marketo v2.
 *
 * @module
 */
import { code, table, visible } from '../ground/markdown.js'
import { describeProblem } from '../ground/problem.js'
import type { Migration } from './migration.js'
import type {
  LeftOut,
  LeftOutReason,
  MigratedActivity,
  MigratedAttribute,
  MigratedField,
  MigrationReport,
  PrimaryRule
} from './migration-report.js'

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const reasons: Readonly<Record<LeftOutReason, string>> = {
  structure: 'held only lists or objects: flatten them first',
  silent: 'held nothing but null and empty text',
  'kept-by-marketo': 'goes to a field that Marketo keeps itself: map it to a custom field of your own by hand',
  'same-field': 'goes to a field that another trait has: send one of them under another name',
  'no-name': 'has a blank name',
  'too-many': 'there was no room for more'
}

const others = '(names beyond the first thousand, or longer than 255 characters)'

const leftOutTable = (kind: string, leftOut: ReadonlyArray<LeftOut>): ReadonlyArray<string> =>
  leftOut.length === 0
    ? []
    : [
        table(
          [kind, 'Times', 'Why'],
          leftOut.map(({ name, why, count }) => [
            name === '' && why === 'too-many' ? others : code(name),
            count,
            reasons[why]
          ])
        )
      ]

const primaryRules: Readonly<Record<PrimaryRule, string>> = {
  'always-and-varies': 'it is in every call and varies',
  always: 'it is in every call, though it never varied',
  'event-name':
    'no property is text or a number in every call, so the event’s own name stands in as a default. Segment’s own destination knows no defaults: there, send that property with the event'
}

const attributeCells = (attribute: MigratedAttribute, place: string, calls: number): ReadonlyArray<string | number> => [
  code(attribute.property),
  code(attribute.name),
  code(attribute.apiName),
  attribute.dataType,
  place,
  attribute.default === null ? `${attribute.values} of ${calls}` : 'by default'
]

const activityPart = (activity: MigratedActivity): ReadonlyArray<string> => {
  const { event, calls, name, apiName, triggerName, filterName, primary, attributes, activityTypeId } = activity
  return [
    `### ${code(event)}`,
    [
      `- Name ${code(name)}, API name ${code(apiName)}, trigger name ${code(triggerName)}, filter name ${code(filterName)}`,
      `- Primary attribute ${code(primary.apiName)}: ${primaryRules[activity.primaryRule]}.`,
      activityTypeId === null
        ? '- Its id is not known yet: note it once the activity is approved.'
        : `- Its id is ${activityTypeId}, and it is in the settings below.`
    ].join('\n'),
    table(
      ['Property', 'Attribute', 'API name', 'Type', 'Primary', 'Calls that have it'],
      [attributeCells(primary, 'yes', calls), ...attributes.map((attribute) => attributeCells(attribute, '', calls))]
    ),
    ...leftOutTable('Property without an attribute', activity.leftOut)
  ]
}

const advice: Readonly<Record<MigratedField['write'], string>> = {
  yes: '',
  no: '',
  unknown: '',
  caution: 'Marketo moves this field itself: be sparing with it',
  company: 'it belongs to the company, and Marketo may refuse it on a lead (error 1021)'
}

const fieldRemarks = (row: MigratedField): string =>
  [
    row.origin === 'new' ? 'v1’s name is none that Marketo takes: make this new field' : '',
    row.allFit ? '' : 'some values do not fit and would be dropped',
    row.structures > 0 ? `${row.structures} more held a list or an object: flatten those first` : '',
    advice[row.write]
  ]
    .filter((remark) => remark !== '')
    .join('; ')

const origins: Readonly<Record<MigratedField['origin'], string>> = {
  standard: 'Marketo’s own',
  v1: 'keep v1’s, or make it',
  new: 'make it'
}

const fieldTable = (fields: ReadonlyArray<MigratedField>): string =>
  table(
    ['Trait', 'v1 wrote', 'REST API name', 'Type', 'Field', 'Values', 'Remarks'],
    fields.map((row) => [
      code(row.trait),
      code(row.v1Field),
      code(row.field),
      row.type,
      origins[row.origin],
      row.values,
      fieldRemarks(row)
    ])
  )

const opening = ({ munchkinId, events }: MigrationReport): ReadonlyArray<string> => [
  '# From Marketo v1 to Marketo v2',
  `For the Marketo instance ${munchkinId}, out of ${plural(events.seen, 'event')}: ${events.identify} identify, ` +
    `${events.track} track, ${events.page} page, ${events.screen + events.group + events.alias + events.delete} others; ` +
    `${events.ignored} keep v2 away by their integrations, ${events.unreadable} could not be read.`,
  '**Never leave v1 and v2 switched on together.** Both write the same people and the same activity, each by its own key. Switch v1 ' +
    'off in the moment in which you switch v2 on.'
]

const credentialSteps = ({ credentials }: MigrationReport): ReadonlyArray<string> => [
  '## 1. Get REST credentials',
  'v1 signed with keys of SOAP and of Munchkin; v2 needs others. In Marketo’s Admin make a role with API access, a user for the API ' +
    'alone with that role, and under LaunchPoint a custom service for that user. Its details show a client id and a client secret.',
  [
    `- The server needs ${credentials.cloud.map(code).join(', ')}.`,
    `- Device mode needs ${credentials.device.map(code).join(' and ')} as well: make an empty form (step 4). Without them nothing starts in the browser.`
  ].join('\n')
]

const idSteps = ({ idFields }: MigrationReport): ReadonlyArray<string> => [
  '## 2. Make two id fields',
  'In Field Management make these custom fields. The API names must be exactly these, small letters included.',
  table(
    ['API name', 'Type'],
    idFields.map(({ field, type }) => [code(field), type])
  )
]

const activitySteps = ({ activities, eventsLeftOut, mostActivityTypes }: MigrationReport): ReadonlyArray<string> => [
  '## 3. Make a custom activity for each track event that Marketo needs',
  activities.length === 0
    ? 'No track event was seen.'
    : `v1 reported a track call as the visit of a page. v2 sends only those that a custom activity is made for. An instance has room for ` +
      `${mostActivityTypes} custom activity types${
        activities.length > mostActivityTypes
          ? `, and there are ${activities.length} events: keep those that campaigns use; several events may also share one type`
          : ''
      }. Approve each one, then note its id.`,
  ...activities.flatMap(activityPart),
  ...leftOutTable('Event without an activity', eventsLeftOut)
]

const fieldSteps = ({ fields, traitsLeftOut }: MigrationReport): ReadonlyArray<string> => [
  '## 4. Make custom fields, and map them',
  'Standard traits (email, names, phone, company, gender, birthday, address) need nothing. Of all others v2 writes only those that are ' +
    'mapped. v1 put a capital in front of each name (PascalCase), so a custom field that v1 filled has such an API name, and keeps it. If v1 ran ' +
    'in browsers alone, its fields have the traits’ own names: change the rows then. Compare the types with those in Field Management: ' +
    'theirs count.',
  fields.length === 0 ? 'No custom trait was seen.' : fieldTable(fields),
  ...leftOutTable('Trait without a row', traitsLeftOut),
  'For device mode make an empty form. Its id and host stand under Form Actions, Embed Code.'
]

const triggerSteps = ({ triggers }: MigrationReport): ReadonlyArray<string> => [
  '## 5. Change what listens in Marketo',
  triggers.length === 0
    ? 'Nothing to change: no track event was seen. What listens to visits of real pages stays as it is.'
    : 'In smart campaigns and smart lists put the trigger of the custom activity (folder Custom) in the place of Visits Web Page and ' +
      'Visited Web Page with these pages. What listens to visits of real pages stays as it is.',
  ...(triggers.length === 0
    ? []
    : [
        table(
          ['Web page is, or contains', 'Trigger to put there'],
          triggers.map(({ pages, trigger }) => [pages.map(code).join(' or '), code(trigger)])
        )
      ])
]

const duplicateSteps = ({ duplicates }: MigrationReport): ReadonlyArray<string> => [
  '## 6. Prevent duplicate leads',
  'v2 finds a lead by email, then by userId. The leads that are there have no userId yet: import a CSV of email and userId before ' +
    'you switch on (`segment-marketo migrate --csv` writes one). Then call identify first, and send the email with track and page calls.',
  table(
    ['Calls that may make a second lead', 'Seen'],
    [
      ['identify calls without an email', duplicates.identifiesWithoutEmail],
      ['identify, track and page calls without a userId', duplicates.callsWithoutUserId]
    ]
  )
]

const differences = ({ noEquivalent }: MigrationReport): ReadonlyArray<string> => [
  '## What has no equivalent',
  noEquivalent.length === 0
    ? 'Nothing of that kind was seen.'
    : table(
        ['Calls', 'v1', 'Instead', 'Names'],
        noEquivalent.map(({ calls, v1, instead, names }) => [
          calls === 0 ? '' : calls,
          v1,
          instead,
          names.map(code).join(', ')
        ])
      )
]

const closing = ({ settings, report }: Migration): ReadonlyArray<string> => [
  '## Settings of v2',
  'They hold no credentials, and only events whose id is known.' +
    (report.carriedOver.length === 0 ? '' : ` Carried over from v1: ${report.carriedOver.map(code).join(', ')}.`),
  `\`\`\`json\n${JSON.stringify(settings, null, 2).split('\n').map(visible).join('\n')}\n\`\`\``,
  ...(report.toDo.length === 0
    ? []
    : [
        `To do: make ${plural(report.toDo.length, 'custom activity').replace('activitys', 'activities')}, put their ids into a file like this one, and run this again with it (\`--ids\`).`,
        `\`\`\`json\n${JSON.stringify(Object.fromEntries(report.toDo.map((event) => [event, 0])), null, 2)
          .split('\n')
          .map(visible)
          .join('\n')}\n\`\`\``
      ]),
  ...(report.problems.length === 0
    ? []
    : [
        ['Wrong with the ids:', ...report.problems.map((problem) => `- ${visible(describeProblem(problem))}`)].join(
          '\n'
        )
      ])
]

/**
 * The migration as a page of Markdown: the six steps, what has no equivalent, and the settings to store.
 *
 * @example
 * const v1 = decodeV1Settings({ accountId: '561-HYG-937' })
 * printMigration(migrate(v1._tag === 'Left' ? assert.fail() : v1.right, [])).split('\n')[0] // => '# From Marketo v1 to Marketo v2'
 * @category migration
 * @since 0.1.0
 */
export const printMigration = (migration: Migration): string => {
  const { report } = migration
  const parts = [
    opening,
    credentialSteps,
    idSteps,
    activitySteps,
    fieldSteps,
    triggerSteps,
    duplicateSteps,
    differences
  ]
  return `${[...parts.flatMap((part) => part(report)), ...closing(migration)].join('\n\n')}\n`
}
