// @ts-check
/**
 * One target for Jazzer.js, which looks for inputs that reach new code:
 *
 *     node test/tools/fuzz.mjs --bundle-only
 *     TARGET=cookie npx jazzer test/fuzz/jazzer.cjs --sync
 */
const { join } = require('node:path')

const { faultOf, inputFrom, targets } = require(
  join(__dirname, '../../node_modules/.cache/segment-marketo/fuzz-targets.cjs')
)

const target = targets.find((/** @type {{ name: string }} */ { name }) => name === process.env.TARGET)
if (target === undefined)
  throw new Error(`TARGET is one of ${targets.map((/** @type {{ name: string }} */ { name }) => name).join(', ')}`)

/** @param {Buffer} data */
module.exports.fuzz = (data) => {
  const fault = faultOf(target, inputFrom(target, data.toString('utf8')))
  if (fault !== undefined) throw new Error(`${fault.what}: ${fault.says}`)
}
