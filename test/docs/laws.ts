/**
 * The laws, and the tests that hold them: a test's title begins with the ids of the laws that it tries.
 */
import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { parsed, root } from './declared.js'
import { prose } from './markdown.js'

/** What a law says. */
export interface Law {
  readonly id: string
  readonly says: string
}

/** Laws about one thing, under one letter. */
export interface Chapter {
  readonly title: string
  readonly laws: ReadonlyArray<Law>
}

// biome-ignore format: table
export const chapters: ReadonlyArray<Chapter> = [
  { title: 'Purity', laws: [
    { id: 'P1', says: 'The same input gives the same output.' },
    { id: 'P2', says: 'No input is changed; deeply frozen ones will do.' },
    { id: 'P3', says: 'Any JSON value, and any JavaScript value whose own getters and traps return or throw, gets a verdict. Nothing of ours throws.' },
    { id: 'P4', says: 'What comes out equals its own JSON round trip: no undefined, no Date, no NaN, no infinity, no negative zero.' },
    { id: 'P5', says: 'A value that was made in another realm is read like one of our own.' },
    { id: 'P6', says: "The machine's clock, time zone and locale change nothing." }
  ] },
  { title: 'Names', laws: [
    { id: 'N1', says: 'Naming a field for v1 is done once: naming the result again changes nothing. Half a surrogate pair is no name.' },
    { id: 'N2', says: 'No name that v1 gives holds white space.' },
    { id: 'N3', says: "But for white space and the size of letters a trait and its v1 field are equal, and each word's tail stands unchanged." },
    { id: 'N4', says: 'Two traits that are given one name are a problem; which of them counts does not depend on their order.' },
    { id: 'N5', says: 'Without an explicit first or last name, the parts that are there, joined by one space, are the full name, trimmed and with single spaces.' },
    { id: 'N6', says: 'An explicit name that is text wins; null, and what is no text, falls back to the full name.' }
  ] },
  { title: 'Cookie and identity', laws: [
    { id: 'C1', says: 'Reading a canonical cookie and printing it gives the same text; a printed cookie reads as it was.' },
    { id: 'C2', says: 'In v1 a valid Munchkin cookie addresses the lead; the other ids ride along.' },
    { id: 'C3', says: 'By default the lead is addressed by the first of email, userId and anonymousId that is there.' },
    { id: 'C4', says: 'On the server, with anonymous activity off, a call without a userId gives no intent, and no anonymousId leaves.' },
    { id: 'C5', says: "Every intent names its lead by key, but for those that run in the lead's own browser and those about other records." }
  ] },
  { title: 'Signing and secrets', laws: [
    { id: 'S1', says: "associateLead's signature is the lower-case hex SHA-1 of the key's UTF-8 bytes, then the email's, a lone surrogate as U+FFFD." },
    { id: 'S2', says: "SOAP's signature is the lower-case hex HMAC-SHA1 of the timestamp's text, then the user id's, under the encryption key." },
    { id: 'S3', says: 'No credential stands in an intent, a descriptor, an outcome or a problem, Munchkin’s signature apart, and no value of an event in a problem.' }
  ] },
  { title: 'Addresses', laws: [
    { id: 'U1', says: 'A well-formed path part or value survives encoding and decoding; empty parts, `.`, `..`, lone surrogates and a comma among filter values are problems.' },
    { id: 'U2', says: 'Origin, path, parameters and fragment of a serialised http or https URL without user info rebuild it, an empty `?` or `#` apart.' },
    { id: 'U3', says: "Nothing in an event changes a request's method, host, number of path parts or names of its query." }
  ] },
  { title: 'Mapping', laws: [
    { id: 'M1', says: 'Without custom rows every standard trait lands in the field that its row names, and in no other.' },
    { id: 'M2', says: 'Traits and events that no row maps never leave.' },
    { id: 'M3', says: 'The order of rows and of object keys does not matter; a custom row beats a standard one; two custom rows that claim one field are a problem.' },
    { id: 'M4', says: "`combine` is associative, and keeps each mapper's whole answer, in order." },
    { id: 'M5', says: "A value is made to fit its field's Marketo type, or dropped and reported." },
    { id: 'M6', says: 'No object and no list becomes text by itself.' },
    { id: 'M7', says: 'An explanation tells the very values of the mapping, and every value of the event moved or has a reason.' },
    { id: 'M8', says: 'A codec with its own fast check accepts and refuses what the same schema in io-ts would.' }
  ] },
  { title: 'Requests and delivery', laws: [
    { id: 'D1', says: 'Every item that is started gets exactly one outcome.' },
    { id: 'D2', says: 'No request exceeds the limits of its endpoint in records, bytes or length of the URL; what alone exceeds one is reported unsent.' },
    { id: 'D3', says: 'Without faults, no more calls are made than the records need, and those for tokens.' },
    { id: 'D4', says: "One person's intents of one kind take effect in the order of events; lead writes may move ahead of that person's dated activities." },
    { id: 'D5', says: 'Never are two upserts in flight whose keys are equal, or known to be one person’s.' },
    { id: 'D6', says: 'For a clock that never goes back, no half-open 20 seconds hold more calls than are ours.' },
    { id: 'D7', says: 'Whatever goes wrong, as long as it ends, everything ends delivered or reported, and nothing is done twice that Marketo lets us do once.' },
    { id: 'D8', says: 'State survives JSON at any moment, and resumes.' },
    { id: 'D9', says: "One bad record fails nobody else's, where Marketo answers by record or the batch can be halved." }
  ] },
  { title: 'Partitions', laws: [
    { id: 'Q1', says: 'Events whose userId is one, or else whose anonymousId, or else whose email, share a key, and a key has one partition; nothing else of an event counts.' },
    { id: 'Q2', says: 'A partition is a whole number from 0 to one less than there are, whatever the key and however many.' },
    { id: 'Q3', says: "Key and partition are those of FNV-1a (64 bits) and of jump consistent hash, as anybody's implementation of both has them." },
    { id: 'Q4', says: 'Keys spread evenly over any number of partitions.' },
    { id: 'Q5', says: 'With one partition more, a key stays where it is or moves to the new one.' }
  ] },
  { title: 'Recipes', laws: [
    { id: 'R1', says: 'A lead that was not on a list before is off it once it entered and then left, in whatever order the events arrive.' },
    { id: 'R2', says: 'Without cap or decay a score is the sum over the distinct messages within the horizon of the memory; repeated ones never count twice.' },
    { id: 'R3', says: 'No stage of a lifecycle earlier than the latest known is written.' },
    { id: 'R4', says: 'Suppression wins over every enrolment of the same batch, unless an opt-in applies to a later event.' }
  ] },
  { title: 'Source and write-back', laws: [
    { id: 'W1', says: 'Laying rows into tables is idempotent, and its order does not matter among full rows of one id with distinct `updated_at`, and deletions.' },
    { id: 'W2', says: 'While records are added, each one that is there throughout is read, and counts once.' },
    { id: 'W3', says: 'The message id of an activity or a change is always the same, and differs where the namespace, the instance or the thing itself does.' },
    { id: 'W5', says: 'A full row has the documented and configured columns in order, every one; a partial row is marked, and has some of them.' }
  ] },
  { title: 'Settings and instances', laws: [
    { id: 'G1', says: 'Settings have no problem on an instance that has all they name, and one for each name that is taken away; what the instance does not tell is not judged, and that is said.' },
    { id: 'G2', says: 'Whatever the order of its columns and rows, a field-name sheet tells each of its fields with its three names.' },
    { id: 'G3', says: 'Once an instance has what provisioning makes, it makes nothing more, and no name of the settings is unknown but those that it refused; it never makes what is there.' },
    { id: 'G4', says: 'An event counts as changed between two settings exactly when its intents differ; exchanging the two exchanges what is added and what is removed.' },
    { id: 'G5', says: 'Reading an instance sends nothing but reads, and ends whatever is answered; each part is told, or said to be unread with a reason, and what is saved of it tells the same instance again.' },
    { id: 'G6', says: 'What provisioning describes, carried out in an instance, leaves no name of the settings missing there but those that it refused, and a second provisioning with nothing to do; stopped anywhere and begun again, it makes nothing twice.' },
    { id: 'G7', says: 'Suggested settings decode, have no problem on the instance they were made for but that it lacks a field for the userId, claim no field twice, do not depend on the order of events, and hold no value of any of them.' }
  ] },
  { title: 'Files and their schemas', laws: [
    { id: 'F1', says: 'What the decoder of a file takes without a remark, the file’s JSON Schema accepts; so what the schema refuses, the decoder refuses or remarks upon.' },
    { id: 'F2', says: 'A misspelled member, a value of another kind and a word in other letter case are refused by the schema, and refused or remarked upon by the decoder.' }
  ] },
  { title: 'Conflicts and loops', laws: [
    { id: 'K1', says: 'A decision about a field hangs on that field alone, not on the order of fields or keys.' },
    { id: 'K2', says: 'Once the writes of a decision are done, deciding again writes nothing.' },
    { id: 'K3', says: 'What is monotone never steps back; consent is only taken back by a later opt-in that the settings let count.' },
    { id: 'K4', says: 'A side that says nothing never wins, and what is equal or read-only is never written.' },
    { id: 'K5', says: 'Two stores that are edited at the same time end with the same values, by policy, after a bounded number of writes.' },
    { id: 'W4', says: "Within the ledger's window a change equal to our write, or by our API user, is not echoed; any other is." }
  ] },
  { title: 'Playground', laws: [
    { id: 'L1', says: 'No link holds a credential, or a setting that nobody knows.' },
    { id: 'L2', says: 'A link brings back all that was shown, but for what it must not hold.' },
    { id: 'L3', says: 'Any fragment of an address, also a forged one, gives a state that can be shown, or none.' },
    { id: 'L4', says: 'A text has a fault exactly where it is no JSON; every value is found at the place where it stands.' }
  ] }
]

/** One test that tries a law. */
export interface Trial {
  readonly id: string
  readonly title: string
  readonly file: string
}

const beginning = /^((?:[A-Z]\d+ )+)(.+)$/s

/** Title without its ids, and the ids. */
const taken = (title: string): readonly [ids: ReadonlyArray<string>, rest: string] => {
  const [, ids = '', rest = title] = beginning.exec(title) ?? []
  return [ids.trim().split(' ').filter(Boolean), rest]
}

/** `it`, `test` or `describe`, also as `it.each(…)` or `it.skip`. */
const calledName = (callee: ts.Expression): string => {
  if (ts.isIdentifier(callee)) return callee.text
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return calledName(callee.expression)
  return ''
}

const titleOf = (call: ts.CallExpression): string | undefined => {
  const [first] = call.arguments
  return first !== undefined && ts.isStringLiteralLike(first)
    ? first.text.replace(/%\w/g, '…').replace(/\$\w+/g, '…')
    : undefined
}

/** What a group passes on to its tests: the ids in front of its title, and the rest, which tells what they speak of. */
interface Group {
  readonly ids: ReadonlyArray<string>
  readonly subject: string
}

/** A group that is just called laws, or by each of its cases, tells nothing about what its tests speak of. */
const subjectOf = (title: string): string => (title === '…' || /\blaws\b/.test(title) ? '' : `${title}: `)

/** The trials in one parsed file, in order; a group that carries ids gives them to each of its tests. */
export const trialsIn = (file: ts.SourceFile): ReadonlyArray<Trial> => {
  const trials: Array<Trial> = []
  const visit = (node: ts.Node, group: Group): void => {
    let inside = group
    const title = ts.isCallExpression(node) ? titleOf(node) : undefined
    if (ts.isCallExpression(node) && title !== undefined) {
      const [ids, rest] = taken(title)
      const name = calledName(node.expression)
      if (name === 'describe') inside = { ids: ids.length > 0 ? ids : group.ids, subject: subjectOf(rest) }
      else if (name === 'it' || name === 'test') {
        for (const id of ids.length > 0 ? ids : group.ids)
          trials.push({ id, title: group.subject + rest, file: file.fileName })
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside))
  }
  visit(file, { ids: [], subject: '' })
  return trials
}

/** Every trial of every test, files in alphabetical order. */
export const allTrials = (): ReadonlyArray<Trial> =>
  readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split('\\').join('/'))
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('docs/'))
    .sort()
    .flatMap((name) => trialsIn(parsed(`test/${name}`)))

const isFirst = <A>(item: A, i: number, items: ReadonlyArray<A>): boolean => items.indexOf(item) === i

const drawLaw = ({ id, says }: Law, trials: ReadonlyArray<Trial>): string => {
  const own = trials.filter((trial) => trial.id === id)
  const files = own.map(({ file }) => file).filter(isFirst)
  const lists = files.map((file) => {
    const titles = own.filter((trial) => trial.file === file).map(({ title }) => `  - ${prose(title)}`)
    return [`- [${file.slice('test/'.length)}](../${file})`, ...titles.filter(isFirst)].join('\n')
  })
  return [`### ${id}`, says, lists.join('\n')].join('\n\n')
}

/** The page's body: laws with their trials; a law that nothing tries is not claimed. */
export const drawLaws = (trials: ReadonlyArray<Trial> = allTrials()): string => {
  const tried = new Set(trials.map(({ id }) => id))
  return chapters
    .map(({ title, laws }) => ({ title, laws: laws.filter(({ id }) => tried.has(id)) }))
    .filter(({ laws }) => laws.length > 0)
    .map(({ title, laws }) => [`## ${title}`, ...laws.map((law) => drawLaw(law, trials))].join('\n\n'))
    .join('\n\n')
}
