// @ts-check
/**
 * `describe` and `it` for a script of tests: what they name is collected, and run as often as it takes.
 */
/**
 * @typedef {object} Told one test
 * @property {string} id its file and its titles
 * @property {string} name its titles
 * @property {string} file
 * @property {() => unknown} run
 */

/**
 * The laws that a test tries: its title begins with them, or else that of the group it is in.
 *
 * @param {string} id
 */
export const lawsIn = (id) =>
  id
    .split(' > ')
    .reverse()
    .map((title) => /^(?:[A-Z]\d+ )+/.exec(title)?.[0].trim().split(' ') ?? [])
    .find((laws) => laws.length > 0) ?? []

/** @param {unknown} row */
const listed = (row) => (Array.isArray(row) ? row : [row])

/**
 * What a script of tests calls, and the tests that it has named.
 *
 * @param {unknown} expect
 */
export const harness = (expect) => {
  /** @type {Array<Told>} */
  const tests = []
  /** @type {ReadonlyArray<string>} */
  let titles = []
  /** @type {Map<string, number>} */
  const named = new Map()
  let file = ''

  /** @param {string} title @param {() => unknown} run */
  const it = (title, run) => {
    const name = [...titles, title].join(' > ')
    const id = `${file} > ${name}`
    const earlier = named.get(id) ?? 0
    named.set(id, earlier + 1)
    tests.push({ id: earlier === 0 ? id : `${id} #${earlier + 1}`, name, file, run })
  }
  /** @param {string} title @param {() => void} body */
  const describe = (title, body) => {
    const outer = titles
    titles = [...titles, title]
    body()
    titles = outer
  }
  /** @template {(title: string, body: () => unknown) => void} F @param {F} say */
  const each =
    (say) =>
    (/** @type {ReadonlyArray<unknown>} */ rows) =>
    (/** @type {string} */ title, /** @type {(...row: Array<unknown>) => unknown} */ body) => {
      for (const [index, row] of rows.entries()) say(`${title} #${index + 1}`, () => body(...listed(row)))
    }
  return {
    tests,
    given: {
      expect,
      it: Object.assign(it, { each: each(it) }),
      describe: Object.assign(describe, { each: each(/** @type {any} */ (describe)) }),
      /** @param {string} path @param {() => void} body */
      file: (path, body) => {
        file = path
        titles = []
        body()
      }
    }
  }
}
