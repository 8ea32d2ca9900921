/**
 * What a tab shows of one event; or why there is nothing to show.
 *
 * @module
 */
import { drawingOf } from '../model/drawing.js'
import { curlOf, type EventResult } from '../model/results.js'
import type { Tab } from '../model/state.js'
import { endings, type Shown } from '../model/summary.js'
import { type Child, code, h } from './dom.js'
import { explainView } from './explain.js'
import { intentsView } from './intents.js'
import { requestsView } from './requests.js'

const remark = (text: string): HTMLElement => h('p', { class: 'nothing' }, text)

const unready = 'These settings cannot be used yet: the notes beside them say why.'

const noEvent = ({ prepared, read }: Shown): string => {
  if (prepared._tag === 'Unready') return unready
  return read.faults.length > 0
    ? 'No event could be read: the notes beside the text say why.'
    : 'Paste an event, or choose an example.'
}

const nothingToSend = ({ result, node }: EventResult): Child =>
  result.intents.length > 0 || node === null
    ? null
    : remark(`Nothing to send: ${endings[result.ending]}. The note beside the event says why.`)

const explained = ({ prepared }: Shown, one: EventResult): Child => {
  if (prepared._tag === 'Unready') return null
  if (one.node === null) return remark('What a page starts comes from the settings alone. See Intents.')
  if (prepared.explain !== null) return explainView(drawingOf(one.result.event, prepared.explain(one.result.event)))
  const whose = prepared.contract === 'v1' ? 'For v1' : 'Of rules'
  return h(
    'div',
    {},
    remark(`Explanations are made for Marketo v2. ${whose}, the intents are all there is to see:`),
    intentsView(one)
  )
}

const curlText = (one: EventResult): Child => {
  if (one.calls.length === 0) return null
  const text = curlOf(one)
  return text === '' ? remark('There is no request for a shell here: these calls run in the page.') : code(text)
}

const contentOf = (tab: Exclude<Tab, 'delivery'>, shown: Shown, one: EventResult): Child => {
  switch (tab) {
    case 'explain':
      return explained(shown, one)
    case 'intents':
      return intentsView(one)
    case 'requests':
      return requestsView(one)
    case 'curl':
      return curlText(one)
  }
}

/** What stands in the panel. */
export const panelView = (
  tab: Exclude<Tab, 'delivery'>,
  shown: Shown,
  one: EventResult | undefined
): ReadonlyArray<Child> => {
  const heading = h('h2', { class: 'unseen' }, `${tab} of ${one?.label ?? 'nothing'}`)
  return one === undefined
    ? [heading, remark(noEvent(shown))]
    : [heading, nothingToSend(one), contentOf(tab, shown, one)]
}
