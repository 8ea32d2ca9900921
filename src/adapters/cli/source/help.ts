/**
 * What `--help` says of `source`, beside the flags themselves.
 *
 * @module
 */

/** Words of one paragraph; the help breaks its lines. */
const paragraph = (...sentences: ReadonlyArray<string>): string => sentences.join(' ')

/** The texts, by command and by flag. */
export const sourceHelp = {
  settings: 'settings of the source, as JSON: munchkinId, activityTypeIds, customLeadFields, collections, …',
  to: 'what to read: simulator, or the munchkin id of your Marketo, such as 561-HYG-937',
  out: 'the folder that the files go to; it is made where there is none',
  collections: 'which collections, by name: leads,lead_activities; all that the settings have unless given',
  format: 'what the files are',
  since: 'from when on leads and activities are read; what is neither is read in full',
  state: 'where the sync stands is kept in this file: the same command goes on from there',
  credentials: 'JSON with clientId and clientSecret; else MARKETO_CLIENT_ID and MARKETO_CLIENT_SECRET are asked for',
  patience: 'end rather than wait longer than this, for a job or for the next day’s calls; --state goes on later',
  quiet: 'say nothing about single records',
  exitZero: 'end with 0 even if something was not read',
  collection: 'one collection alone',
  schemaForm: 'what to print',
  dialect: 'with --as sql: whose SQL',
  leads: 'leads that there are',
  leadsPerDay: 'leads that are new or changed in a day',
  activities: 'activities, of the types that are read, since the day that the sync begins at',
  activitiesPerDay: 'activities, of the types that are read, in a day',
  days: 'days from where the sync begins to now',
  records: 'records of other collections, by name: lists=120,email=300',
  summary: 'read leads, activities and assets of Marketo as rows for a warehouse',
  description: paragraph(
    'Reads what a Marketo holds (leads, activities, emails, lists, programs, …) as tables, with the columns that Segment’s',
    'Marketo source has.'
  ),
  after: `
Examples:
  $ segment-marketo source sync --to simulator --out rows
  $ segment-marketo source schema --collection leads --dialect bigquery
  $ segment-marketo source estimate source.json --leads 200000 --activities 3000000 --days 365

segment-marketo source <command> --help tells more about each.`,
  sync: {
    summary: 'write each collection to a file, one row for each id',
    description: [
      'Reads the collections of an instance, and writes a file for each, with one row for each id.',
      paragraph(
        'With --to simulator an instance is made up on this machine, the same each time, and read in simulated time: half a year of',
        'leads and mailings of example.com, in a few seconds. With a munchkin id that Marketo is read, over https and nowhere else; it',
        'is only read. Calls and jobs keep to its limits, which may take long: a first run waits for jobs of the bulk extract.'
      ),
      paragraph(
        'Rows are put down in <collection>.rows.ndjson as they come, and laid into one row for each id at the end: the newest state of',
        'each, with deletions. For that the rows of one collection at a time are held in memory, half a kilobyte or so each.'
      ),
      paragraph(
        'With --state the command can be stopped anywhere and given again: it goes on, reads what changed, and writes the files',
        'anew. Keep the folder with the state: the rows that came before stand there.'
      )
    ].join('\n\n'),
    after: `
Formats:
  ndjson  one JSON object a line, columns in order
  csv     RFC 4180 with a line of names; nothing between commas is null, "" is empty text

At Ctrl-C no more calls are made, answers on their way are waited for, and the files are written with
what was read; at a second one everything ends at once.

Examples:
  $ segment-marketo source sync --to simulator --out rows
  $ segment-marketo source sync --to simulator --out rows --collections leads,email --format csv
  $ segment-marketo source sync source.json --to 561-HYG-937 --out rows --since 2024-01-01 --state s.json`
  },
  schema: {
    summary: 'print the tables as SQL, or rows as JSON Schema',
    description: paragraph(
      'Prints a CREATE TABLE for each collection, or the JSON Schema of its rows. Settings add columns of custom lead fields, and',
      'collections of your own.'
    ),
    after: `
Examples:
  $ segment-marketo source schema --collection leads
  $ segment-marketo source schema source.json --dialect snowflake
  $ segment-marketo source schema --collection email --as json-schema`
  },
  estimate: {
    summary: 'tell how many calls, bytes and days a sync will take',
    description: paragraph(
      'Tells what a sync will cost before the first call: calls by collection, files of jobs, and days, of the first run and of each day',
      'after it. Say how much there is; what nobody says counts as nothing.'
    ),
    after: `
Examples:
  $ segment-marketo source estimate source.json --leads 200000 --activities 3000000 --days 365
  $ segment-marketo source estimate source.json --records lists=120,email=300 --leads-per-day 900`
  }
} as const
