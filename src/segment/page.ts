/**
 * The page an event happened on.
 *
 *     page, screen   properties.url   else context.page.url      (likewise path, search, title, referrer)
 *     any other                            context.page.url      (a track call's `url` may be a product's)
 *     page, screen   name, category   else properties.name, properties.category
 *
 * Null and empty text count as absent; anything else is answered as sent.
 *
 * Sources: Segment spec, "Page", "Screen", "Common Fields"; Segment facade, Page.
 *
 * @module
 */
import type { Option } from 'fp-ts/Option'
import type { Path } from '../ground/path.js'
import type { SegmentEvent } from './event.js'
import { type Found, foundIfSaid, optionalText } from './found.js'
import { recordOf } from './record.js'

/**
 * What is known of a page.
 *
 * @category reading
 * @since 0.1.0
 */
export type PageMember = 'url' | 'path' | 'search' | 'title' | 'referrer'

const inProperties: Readonly<Record<PageMember | 'name' | 'category', Path>> = {
  url: ['properties', 'url'],
  path: ['properties', 'path'],
  search: ['properties', 'search'],
  title: ['properties', 'title'],
  referrer: ['properties', 'referrer'],
  name: ['properties', 'name'],
  category: ['properties', 'category']
}

const inContext: Readonly<Record<PageMember, Path>> = {
  url: ['context', 'page', 'url'],
  path: ['context', 'page', 'path'],
  search: ['context', 'page', 'search'],
  title: ['context', 'page', 'title'],
  referrer: ['context', 'page', 'referrer']
}

const inEvent: Readonly<Record<'name' | 'category', Path>> = { name: ['name'], category: ['category'] }

const isView = (event: SegmentEvent): boolean => event.type === 'page' || event.type === 'screen'

/**
 * What `context.page` says, as sent.
 *
 * @example
 * readContextPage({ type: 'page', context: { page: { title: 'T' } } }, 'title') // => { value: 'T', at: ['context', 'page', 'title'] }
 * @category reading
 * @since 0.1.0
 */
export const readContextPage = (event: SegmentEvent, member: PageMember): Found<unknown> | undefined =>
  foundIfSaid(recordOf(recordOf(event.context).page)[member], inContext[member])

/**
 * One fact about the page, as sent.
 *
 * @example
 * readPage({ type: 'page', properties: { url: '/a' } }, 'url') // => { value: '/a', at: ['properties', 'url'] }
 * @category reading
 * @since 0.1.0
 */
export const readPage = (event: SegmentEvent, member: PageMember): Found<unknown> | undefined =>
  (isView(event) ? foundIfSaid(recordOf(event.properties)[member], inProperties[member]) : undefined) ??
  readContextPage(event, member)

/**
 * The name or the category that a page or screen call gives its page, as sent.
 *
 * @example
 * readPageLabel({ type: 'page', name: 'Home' }, 'name') // => { value: 'Home', at: ['name'] }
 * @category reading
 * @since 0.1.0
 */
export const readPageLabel = (event: SegmentEvent, label: 'name' | 'category'): Found<unknown> | undefined => {
  if (!isView(event)) return undefined
  return (
    foundIfSaid(event[label], inEvent[label]) ?? foundIfSaid(recordOf(event.properties)[label], inProperties[label])
  )
}

const pageText = (member: PageMember, event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readPage(from, member), event)

/**
 * The address of the page, as sent.
 *
 * @example
 * pageUrl({ type: 'identify', context: { page: { url: 'https://x.test/a' } } }) // => some('https://x.test/a')
 * @category readers
 * @since 0.1.0
 */
export const pageUrl = (event: SegmentEvent): Option<string> => pageText('url', event)

/**
 * The path of the page, as sent.
 *
 * @example
 * pagePath({ type: 'page', properties: { path: '/a' } }) // => some('/a')
 * @category readers
 * @since 0.1.0
 */
export const pagePath = (event: SegmentEvent): Option<string> => pageText('path', event)

/**
 * The query of the page, as sent: with its `?`.
 *
 * @example
 * pageSearch({ type: 'page', properties: { search: '?a=1' } }) // => some('?a=1')
 * @category readers
 * @since 0.1.0
 */
export const pageSearch = (event: SegmentEvent): Option<string> => pageText('search', event)

/**
 * The title of the page.
 *
 * @example
 * pageTitle({ type: 'page', properties: { title: 'Pricing' } }) // => some('Pricing')
 * @category readers
 * @since 0.1.0
 */
export const pageTitle = (event: SegmentEvent): Option<string> => pageText('title', event)

/**
 * The address of the page before.
 *
 * @example
 * pageReferrer({ type: 'page', properties: { referrer: 'https://r.test/' } }) // => some('https://r.test/')
 * @category readers
 * @since 0.1.0
 */
export const pageReferrer = (event: SegmentEvent): Option<string> => pageText('referrer', event)

/**
 * The name that a page or screen call gives.
 *
 * @example
 * pageName({ type: 'page', properties: { name: 'Home' } }) // => some('Home')
 * @category readers
 * @since 0.1.0
 */
export const pageName = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readPageLabel(from, 'name'), event)

/**
 * The category that a page or screen call gives.
 *
 * @example
 * pageCategory({ type: 'page', category: 'Docs' }) // => some('Docs')
 * @category readers
 * @since 0.1.0
 */
export const pageCategory = (event: SegmentEvent): Option<string> =>
  optionalText((from: SegmentEvent) => readPageLabel(from, 'category'), event)
