/**
 * What is wanted of Marketo, before any call: each intent with a line for people, and as JSON.
 *
 * @module
 */
import { describeIntent } from '../../../src/adapters/cli/text/intent-words.js'
import type { EventResult } from '../model/results.js'
import { code, h } from './dom.js'

/** The intents of an event. */
export const intentsView = ({ result }: EventResult): HTMLElement =>
  h(
    'ol',
    { class: 'cards' },
    ...result.intents.map((intent) =>
      h(
        'li',
        { class: 'card' },
        h('h3', {}, h('span', { class: 'tag' }, intent._tag), ` ${describeIntent(intent)}`),
        code(JSON.stringify(intent, null, 2))
      )
    )
  )
