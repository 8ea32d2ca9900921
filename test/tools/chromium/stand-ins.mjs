// @ts-check
/**
 * What the page gets instead of Marketo's scripts: they write down how they are called, and do to the page what the real ones do.
 */

/** Munchkin, as its loader leaves it. */
export const munchkin = `
  window.calls = window.calls || []
  const written = (name) => (...args) => { calls.push([name, ...args]) }
  window.Munchkin = {
    init: written('init'),
    munchkinFunction: written('munchkinFunction'),
    createTrackingCookie: written('createTrackingCookie')
  }
  window.mktoMunchkin = window.Munchkin.init
  window.mktoMunchkinFunction = window.Munchkin.munchkinFunction
`

/** Forms 2.0: a form comes a little later, its hidden fields are inputs, and a submission leaves the page unless told to stay. */
export const forms2 = `
  window.calls = window.calls || []
  window.MktoForms2 = {
    loadForm(host, munchkinId, formId, callback) {
      const element = document.getElementById('mktoForm_' + formId)
      const seen = element !== null && element.checkVisibility()
      calls.push(['loadForm', host, munchkinId, formId, element === null ? 'no element' : seen ? 'seen' : 'hidden'])
      const callbacks = []
      const form = {
        getId: () => formId,
        addHiddenFields(fields) {
          for (const [name, value] of Object.entries(fields)) {
            const input = element.querySelector('[name="' + name + '"]') || document.createElement('input')
            input.type = 'hidden'
            input.name = name
            input.value = value
            element.append(input)
          }
        },
        onSuccess: (callback) => { callbacks.push(callback) },
        submit() {
          const values = Object.fromEntries(new FormData(element))
          calls.push(['submit', formId, values])
          const stays = callbacks.map((callback) => callback(values, '/thanks')).includes(false)
          if (!stays) location.href = '/thanks'
        }
      }
      setTimeout(() => callback(form), 20)
    }
  }
`
