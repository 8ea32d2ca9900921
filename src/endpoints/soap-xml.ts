/**
 * The little XML that SOAP needs: text put into a message, and the texts of an answer.
 *
 *     <env:Envelope>…<result><leadId>7</leadId></result>…        Envelope/Body/successSyncLead/result/leadId → 7
 *
 * Writing: an element's content, in which nothing an event holds can open or close a tag. Reading: one walk from the first character
 * to the last, no tree, no DTD (so no entity that grows), prefixes dropped. A text is known by the whole path to it, so what stands
 * inside another text, a comment or a CDATA section is never taken for an element.
 *
 * Own code, because an answer has six texts for us: the smallest XML package weighs more than the rest of this room.
 *
 * Source: W3C "Extensible Markup Language (XML) 1.0", 2.2 Characters, 2.4, 2.7, 2.11, 4.1.
 *
 * @module
 */
/** A reader turns a bare carriage return into a line feed, so that one is always a reference. */
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;'
}

const special = /[&<>"\r]/

/** Text as the content of an element; most of it holds nothing special. @internal */
export const escapeXml = (text: string): string =>
  special.test(text) ? text.replace(/[&<>"\r]/g, (c) => references[c] ?? c) : text

/** An element with this text. @internal */
export const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi

/** A character by its number, or undefined: a half pair and what lies past the last character are none. */
const character = (point: number): string | undefined =>
  point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? undefined : String.fromCodePoint(point)

/** Character data as text; a reference that means nothing stays as it is. */
const unescapeXml = (data: string): string =>
  data.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    return character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)) ?? whole
  })

/** Where the tag that begins at `from` ends: the first `>` outside quotes, or -1. */
const tagEnd = (xml: string, from: number): number => {
  let quote = ''
  for (let i = from; i < xml.length; i += 1) {
    const c = xml.charAt(i)
    if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '>') return i
    else if (c === '"' || c === "'") quote = c
  }
  return -1
}

const nameEnd = /[\s/]/

/** The name of a tag without its prefix. */
const localName = (tag: string): string => {
  const [name = ''] = tag.split(nameEnd, 1)
  return name.slice(name.indexOf(':') + 1)
}

/** What is neither tag nor text, with the mark that ends it. A `<!` that is none of these opens a DTD. */
const asides: ReadonlyArray<readonly [opening: string, closing: string]> = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>']
]

/** An element that is not closed yet. */
interface Open {
  readonly name: string
  readonly path: string
  text: string
}

/** A walk through a document: the texts found, and the elements around the place where it stands. */
interface Walk {
  readonly texts: Map<string, string>
  readonly around: Array<Open>
}

/** A message has ten levels; a document that is nested deeper says nothing to us. */
const deepest = 64

const note = ({ texts }: Walk, path: string, text: string): void => {
  if (!texts.has(path)) texts.set(path, text)
}

/** Whether the tag, without its angles, can stand here; and notes what it ends. */
const takeTag = (walk: Walk, tag: string): boolean => {
  const inside = walk.around[walk.around.length - 1]
  if (tag.startsWith('/')) {
    if (inside === undefined || localName(tag.slice(1)) !== inside.name) return false
    note(walk, inside.path, inside.text)
    walk.around.pop()
    return true
  }
  const name = localName(tag)
  const isRoot = inside === undefined
  if (name === '' || tag.startsWith('!') || walk.around.length === deepest || (isRoot && walk.texts.size > 0))
    return false
  const path = isRoot ? name : `${inside.path}/${name}`
  if (tag.endsWith('/')) note(walk, path, '')
  else walk.around.push({ name, path, text: '' })
  return true
}

/** Takes the markup that begins at `mark`, and says where it ends; -1 for what no document holds. */
const takeMarkup = (walk: Walk, xml: string, mark: number): number => {
  const aside = asides.find(([opening]) => xml.startsWith(opening, mark))
  if (aside === undefined) {
    const end = tagEnd(xml, mark)
    return end >= 0 && takeTag(walk, xml.slice(mark + 1, end)) ? end + 1 : -1
  }
  const [opening, closing] = aside
  const end = xml.indexOf(closing, mark + opening.length)
  if (end < 0) return -1
  const inside = walk.around[walk.around.length - 1]
  if (closing === ']]>' && inside !== undefined) inside.text += xml.slice(mark + opening.length, end)
  return end + closing.length
}

/**
 * The texts of a document by the path of local names to each, the first where several have one path; undefined for what is no XML, is
 * cut off, or brings a DTD. Never throws, and takes time in step with the length.
 *
 * @internal
 */
export const readTexts = (document: string): ReadonlyMap<string, string> | undefined => {
  const xml = document.replace(/\r\n?/g, '\n')
  const walk: Walk = { texts: new Map(), around: [] }
  let at = 0
  for (let mark = xml.indexOf('<'); mark >= 0; mark = xml.indexOf('<', at)) {
    const inside = walk.around[walk.around.length - 1]
    const data = xml.slice(at, mark)
    if (inside !== undefined) inside.text += unescapeXml(data)
    else if (data.trim() !== '') return undefined
    at = takeMarkup(walk, xml, mark)
    if (at < 0) return undefined
  }
  return walk.around.length === 0 && walk.texts.size > 0 && xml.slice(at).trim() === '' ? walk.texts : undefined
}
