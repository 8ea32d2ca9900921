/**
 * A link to what is shown, with what it holds and what it does not.
 *
 * @module
 */
import { type Child, h } from './dom.js'

const reader = 'A browser sends what is behind # to nobody; whoever gets the link can read it.'

/** The link, ready to be copied; `leftOut` are the names that it goes without. */
export const linkView = (address: string, leftOut: ReadonlyArray<string>): ReadonlyArray<Child> => {
  const link = h('input', { id: 'link', type: 'text', readonly: true, value: address, onfocus: () => link.select() })
  const without = leftOut.length === 0 ? '' : ` Left out: ${leftOut.join(', ')}.`
  return [
    h('label', { for: 'link' }, 'Link'),
    link,
    h(
      'p',
      {},
      `It holds the events as you see them, the settings and the sliders, never a credential.${without} ${reader}`
    )
  ]
}

/** What is said where a link would be too long. */
export const tooLongView = (): Child => h('p', {}, 'Too long for a link: share fewer events.')
