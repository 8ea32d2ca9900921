/**
 * What `--help` says, beside the flags themselves.
 *
 * @module
 */

/** Words of one paragraph; the help breaks its lines. */
const paragraph = (...sentences: ReadonlyArray<string>): string => sentences.join(' ')

/** The texts, by command and by flag. */
export const helpTexts = {
  file: 'events, one a line or as one JSON array; - is standard input',
  deliverable: 'events, or intents that were mapped before, one a line or as one JSON array; - is standard input',
  setting: 'settings of the contract, as Segment stores them or in our own shape',
  settings: 'settings of the contract; give the flag again for each further Marketo instance',
  recipesOption: 'rules to map by, beside the settings or without any; give the flag again for each further file',
  deliverRecipes: 'rules to map by, in the place of settings',
  rules: 'a rule file: JSON that says when what is to be done',
  contract: 'which of Segment’s contracts the settings are of',
  explained: 'explanations exist for v2',
  replaceRetired: 'with --contract v1: map over the routes of today instead of those that are switched off',
  problems: 'write problems to this file, as NDJSON, and not to standard error',
  exitZero: 'end with 0 even if events were invalid or lines unreadable',
  to: 'where to deliver: simulator, or the munchkin id that the settings name, such as 561-HYG-937',
  credentials: 'JSON with clientId and clientSecret; else MARKETO_CLIENT_ID and MARKETO_CLIENT_SECRET are asked for',
  deadLetter: 'write what was not delivered to this file, as NDJSON that deliver reads',
  deliveryOptions: 'how to deliver, as JSON: {"identity": {"_tag": "resolve"}, "skipUnchanged": true}',
  outcomes: 'write what became of every intent to this file, as NDJSON',
  patience: 'put off what would wait longer than this; without it a used-up day is waited for',
  faults: 'what goes wrong in the simulator: 606:0.05,timeout-after@syncLeads#2',
  seed: 'where the simulator’s chance begins: the same number, the same faults',
  quiet: 'say nothing about single events',
  deliverExitZero: 'end with 0 even if something was not delivered',
  v1: 'settings of the v1 contract to check beside those of v2: whether both serve one Marketo',
  events: 'events to read for what a single one cannot show; - is standard input',
  against:
    'hold the settings against what an instance tells: describe and other answers as JSON, or the field-name sheet as CSV',
  instance:
    'hold the settings against a Marketo that is asked (reads only): its munchkin id, or simulator for one that is as new as can be',
  saveInstance: 'write what was read to this file, for --against',
  before: 'settings of v2 as they are',
  after: 'settings of v2 that are to take their place',
  diffEvents: 'events to map by both; without it standard input is read',
  provisionAgainst: 'what the instance has: describe and other answers as JSON',
  provisionTo:
    'which instance to ask, and to make things in: a munchkin id, or simulator for one that is as new as can be',
  apply: 'make what is missing, instead of printing how',
  suggestInstance:
    'ask a Marketo what it has (reads only): its munchkin id, or simulator for one that is as new as can be',
  munchkinId: 'the Marketo that the settings are for, where --instance does not say',
  saveNumbers: 'with --apply: write the settings to this file, with the numbers that Marketo gave to activity types',
  checkRecipes: 'with --against or --instance: rules to hold against the instance as well',
  v1Settings: 'settings of the v1 contract, by Segment’s names or by our own',
  ids: 'ids of the custom activities that are made already, as JSON: {"Order Completed": 100001}',
  csv: 'also write the emails and userIds to import before v2 is switched on; what is more than 10 MB goes to -2, -3, …',
  activities: 'activities as JSON, one a line or as one list, or a file of the bulk extract; - is standard input',
  writebackSettings: 'settings of write-back',
  context: 'JSON with what was looked up: {"leads": {"42": {"userId": "u1"}}, "emails": …, "campaigns": …}',
  isCsv: 'the input is a file of Marketo’s bulk extract; a name that ends in .csv says so by itself',
  region: 'with --as batches: where the workspace keeps its data',
  json: 'write JSON and nothing else: the answer to standard output, problems as lines of JSON to standard error',
  shell: 'the shell that you use',
  writebackExitZero: 'end with 0 even if activities were invalid or lines unreadable',
  program: {
    description: paragraph(
      'Shows what becomes of Segment events in Marketo: events go in, descriptions of what Marketo would be asked come out.',
      'Only deliver and provision --apply change anything there.'
    ),
    after: `
Examples:
  $ segment-marketo check --settings settings.json
  $ segment-marketo map events.ndjson --settings settings.json --as table
  $ segment-marketo deliver events.ndjson --settings settings.json --to simulator
  $ segment-marketo explain events.ndjson --settings settings.json --line 12
  $ segment-marketo migrate events.ndjson --settings v1.json

segment-marketo <command> --help tells more about each.`
  },
  map: {
    summary: 'map every event to intents, requests, curl commands or a table',
    description: [
      'Maps every event of a file to what Marketo would be asked.',
      paragraph(
        'Input is one JSON event a line, or one JSON array of events, from a file or, for - or nothing, from standard input. It',
        'is read as it comes, in constant memory whatever its size; a line of more than 1 MB is reported and skipped.'
      )
    ].join('\n\n'),
    after: `
Forms:
  intents   one line of JSON per thing to do: {"line", "messageId", "intent"}
  requests  one line of JSON per event: {"line", "messageId", "calls"}; each call has its request, and
            slots: places to be filled from an earlier call's answer
  curl      each request as a curl command; the secret is $MARKETO_TOKEN, a slot such as
            $STEP_0_RESULT_0_ID
  table     one row per event, to read

Problems go to standard error, one a line: where, what was found, how to mend it, and in brackets what
was lost. They name fields and kinds of values, never a value. A table has them in its rows instead.
  skipped   the event, by a rule or a switch: nothing is wrong
  invalid   the event: it cannot be sent as it is
  dropped   one value; the rest of the event is sent
  warning   nothing, but you may want to know

Two routes of v1 are switched off: SOAP since 2026-07-31, Munchkin's associateLead since 2021-10.
How many intents go over them is told at the end; --replace-retired maps over the routes of today.
SOAP messages are unsigned, also as curl: a signature is good for one message and some minutes.

Examples:
  $ segment-marketo map events.ndjson --settings settings.json --as table
  $ segment-marketo map events.ndjson --settings settings.json > intents.ndjson
  $ segment-marketo map events.json --settings europe.json --settings america.json --as requests
  $ segment-marketo map events.json --settings v1.json --contract v1 --replace-retired
  $ segment-marketo map events.ndjson --recipes rules.json --as table
  $ gunzip -c events.gz | segment-marketo map --settings settings.json --problems p.ndjson > i.ndjson`
  },
  deliver: {
    summary: 'map every event and send it, to a simulated Marketo or to yours, in few calls',
    description: [
      'Maps every event of a file and delivers it, and tells what became of each.',
      paragraph(
        'Intents are sent many to a call, within Marketo’s limits and our share of them, and sent again where that does no harm.',
        'What may have been done and must not be twice, such as a custom activity whose answer was lost, is told as unknown.'
      ),
      paragraph(
        'With --to simulator a Marketo in memory is started on this machine, with the fields and activity types that the settings',
        'name; nothing leaves the machine. With a munchkin id the calls go to that Marketo, over https and nowhere else.'
      ),
      paragraph(
        'Input is read as it is delivered. Lines may also be intents, as map --as intents writes them, or those of a dead letter.',
        'v1 is delivered over the routes of today.'
      )
    ].join('\n\n'),
    after: `
A dead letter has a line for each intent that was not delivered, with its outcome, and for each event
that could not be mapped, with its problems. Deliver it again once the cause is mended: intents that
were delivered do not stand in it. Those that may have been done (unknown) are held until somebody
takes the outcome out of their line.

Faults of the simulator: <kind>:<chance> or <kind>#<call>, separated by commas; behind the kind may
stand @<endpoint>. Kinds: timeout-before, timeout-after, html, 502, 604, 606, 607, 611, 615, 713,
expired-token, skip-record, cut-off.

At Ctrl-C no more calls are made, answers on their way are waited for, and all is told; at a second
one everything ends at once.

Examples:
  $ segment-marketo deliver events.ndjson --settings settings.json --to simulator
  $ segment-marketo deliver events.ndjson --recipes rules.json --to simulator
  $ segment-marketo deliver events.ndjson -s settings.json --to simulator --faults 606:0.1 --seed 7
  $ segment-marketo deliver events.ndjson -s settings.json --to 561-HYG-937 --dead-letter dead.ndjson
  $ segment-marketo deliver dead.ndjson -s settings.json --to 561-HYG-937 --dead-letter rest.ndjson`
  },
  explain: {
    summary: 'explain one event: where each outgoing value comes from, why the rest stays',
    description: paragraph(
      'Explains one event, the first or the one with that number: each outgoing value with where it came from, the rule that',
      'moved it and what was done to it; then what stayed, and why; then the problems.'
    ),
    after: `
Examples:
  $ segment-marketo explain events.ndjson --settings settings.json
  $ segment-marketo explain events.ndjson --settings settings.json --line 12
  $ cat event.json | segment-marketo explain --settings settings.json --json`
  },
  check: {
    summary: 'check settings, and a stream of events for what no single one can show',
    description: [
      'Checks settings: every mistake and every remark, each with its place.',
      paragraph(
        'With --events it reads a stream for what no single event can show: people whose lead key changes, cookies on identify',
        'calls only, activity before the first identify, calls without an email, events and traits that no row maps, rows that',
        'nothing uses. It tells counts, names and line numbers, never an id.'
      ),
      paragraph(
        'With --contract v1 it looks for what Segment’s page on v1 warns of: people whose kind of id changes from call to call,',
        'cookies on identify calls only, identify calls of one lead within 30 seconds, calls without an email, traits that meet in',
        'one field or miss a standard one, intents of routes that are switched off. Where the settings have secondVisitors at accept,',
        'what is told of people is marked as accepted.'
      ),
      paragraph(
        'With --against it holds settings of v2, and rules, against what an instance tells of itself: unknown and misspelled fields, SOAP',
        'names where REST names are wanted, read-only fields, types that do not fit, activity types that are unknown or not approved,',
        'lists, programs and campaigns that are not there.'
      ),
      paragraph(
        'With --instance the Marketo of the settings is asked for that, over https and nowhere else. Only reads are sent, and only those that',
        'the settings and rules need; what its role may not read is told, and the rest is checked. --save reads all there is and keeps it.'
      )
    ].join('\n\n'),
    after: `
Examples:
  $ segment-marketo check --settings settings.json
  $ segment-marketo check --settings settings.json --v1 v1-settings.json
  $ segment-marketo check --settings settings.json --events events.ndjson
  $ segment-marketo check --settings v1.json --contract v1 --events events.ndjson
  $ segment-marketo check --settings settings.json --against field-names.csv
  $ segment-marketo check --settings settings.json --recipes rules.json --against told.json
  $ segment-marketo check --settings settings.json --instance 561-HYG-937 --save told.json`
  },
  provision: {
    summary: 'print the calls that create the lead fields and activity types which settings need, or make them',
    description: [
      paragraph(
        'Compares settings of v2 with what an instance tells of itself, and prints the calls that create the lead fields, custom activity',
        'types and attributes that are missing, in order, as curl commands: read them, then run them. What looks like a misspelling, or what',
        'Marketo would refuse, is told on standard error and left out.'
      ),
      paragraph(
        'With --to the Marketo of the settings is asked what it has, by reads alone. With --apply the calls are made there, one after another,',
        'until one fails; what was and what was not done is told, and the settings are held against the instance as it is then. A call whose',
        'answer was lost is not made again. The command can be given again: it looks what is there, and makes the rest.'
      )
    ].join('\n\n'),
    after: `
The secret is $MARKETO_TOKEN. A new activity type gets its number from Marketo: put it into the settings, or
let --save do it.

Examples:
  $ segment-marketo provision --settings settings.json --against told.json
  $ segment-marketo provision --settings settings.json --against told.json > create.sh
  $ segment-marketo provision --settings settings.json --to 561-HYG-937
  $ segment-marketo provision --settings settings.json --to 561-HYG-937 --apply --save settings-new.json`
  },
  suggest: {
    summary: 'write settings of v2 that fit what an instance has and what events hold',
    description: [
      paragraph(
        'Reads events and what an instance has, and writes settings of v2: traits are matched to lead fields, track events to custom activity',
        'types and their attributes, by their names and by types that every value fits. Settings go to standard output; for each name',
        'where it goes and why, to standard error.'
      ),
      paragraph(
        'Only what is sure has a row: the same name, but for case and separators, a label, one letter in a long name. What is near is said and',
        'left out; so is what is read-only, or Marketo’s own, or an event without a property for the primary attribute. It tells names and',
        'counts, and no value of any event.'
      )
    ].join('\n\n'),
    after: `
Examples:
  $ segment-marketo suggest events.ndjson --against told.json --munchkin-id 561-HYG-937 > settings.json
  $ segment-marketo suggest events.ndjson --instance 561-HYG-937 > settings.json
  $ segment-marketo check --settings settings.json --against told.json`
  },
  diff: {
    summary: 'tell which outputs change when one settings file takes the place of another',
    description: paragraph(
      'Maps every event of a stream by two settings files of v2, and tells for each kind of event what is added to the intents, what is gone',
      'and what changes, with counts. It names places, such as UpsertLead.fields.planName, and no value. Behind each file stands its version:',
      'settings that say the same have the same.'
    ),
    after: `
Examples:
  $ segment-marketo diff old.json new.json --events events.ndjson
  $ gunzip -c events.gz | segment-marketo diff old.json new.json --json`
  },
  recipes: {
    summary: 'check a file of rules, against events if you like; or print the JSON Schema of such files',
    description: paragraph(
      'Rules say when what is to be done in Marketo: lists, programs, campaigns, scores, suppression, lifecycles. map --recipes maps by them.'
    ),
    check: 'check a rule file: every mistake and every remark, each with its place',
    events: 'events to read, to tell how many of them each rule applies to; - is standard input',
    schema: 'print the JSON Schema of rule files, for editors that know schemas',
    after: `
Examples:
  $ segment-marketo recipes check rules.json
  $ segment-marketo recipes check rules.json --events events.ndjson
  $ segment-marketo recipes schema > rules.schema.json`
  },
  completion: {
    summary: 'print the script by which a shell completes commands, flags and files',
    description:
      'Prints a script for bash, zsh or fish. The shell then completes commands, flags, their words and files.',
    after: `
Examples:
  $ source <(segment-marketo completion bash)
  $ segment-marketo completion bash > ~/.local/share/bash-completion/completions/segment-marketo
  $ segment-marketo completion zsh > "\${fpath[1]}/_segment-marketo"
  $ segment-marketo completion fish > ~/.config/fish/completions/segment-marketo.fish`
  },
  migrate: {
    summary: 'turn settings of v1 into settings of v2, and say what is to be done in Marketo',
    description: [
      'Reads settings of the v1 contract and the events that were sent under it.',
      paragraph(
        'It writes a page that can be followed step by step: credentials, id fields, a custom activity for each track event, a',
        'custom field for each custom trait, triggers to change, duplicates to prevent, what has no equivalent, and settings of v2 to',
        'begin with. The page holds names, types and counts, and no value of any event.'
      ),
      paragraph(
        'The more events, the better the types: one that every value fits is proposed. Events are read as they come, in bounded memory;',
        'only --csv keeps an email and an id of each person.'
      )
    ].join('\n\n'),
    after: `
Examples:
  $ segment-marketo migrate events.ndjson --settings v1.json > migration.md
  $ segment-marketo migrate events.ndjson --settings v1.json --ids ids.json --as json
  $ segment-marketo migrate events.ndjson --settings v1.json --csv backfill.csv > migration.md`
  },
  writeback: {
    summary: 'turn activities of Marketo into Segment events',
    description: [
      'Turns activities, as Marketo’s API tells them or as its bulk extract writes them, into Segment events.',
      paragraph(
        'Names of leads, subjects of emails and names of campaigns are not in an activity: --context holds what is known of them. A lead',
        'that is not there has an anonymousId made of its number, unless the settings say otherwise. What has no event is told with',
        'the reason. Nothing is sent.'
      ),
      paragraph(
        'JSON is read as it comes, in constant memory whatever its size. A file of the bulk extract is read whole.'
      )
    ].join('\n\n'),
    after: `
Forms:
  events   one line of JSON per event, a track call of Segment's HTTP API
  batches  one line of JSON per call to /v1/batch, without the write key

Examples:
  $ segment-marketo writeback activities.ndjson --settings writeback.json --context known.json
  $ segment-marketo writeback export.csv --settings writeback.json --as batches --region eu`
  }
} as const
