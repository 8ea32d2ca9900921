// @ts-check
/**
 * What became of the events: `node report.mjs`. With `--again` the dead letters are printed, one a line, and forgotten, so that their
 * events can be given to the producer once more: `node report.mjs --again | node produce.mjs`.
 *
 * @module
 */
import { config, connect } from './config.mjs'
import { openStore } from './store.mjs'

const connection = connect()
const store = openStore(connection, config.munchkinId)
if (process.argv.includes('--again')) {
  for (const { event } of await store.revive()) console.log(typeof event === 'string' ? event : JSON.stringify(event))
} else {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const end of Object.values(await store.verdicts()).sort()) counts[end] = (counts[end] ?? 0) + 1
  console.log(counts)
  for (const { id, why } of await store.dead()) console.log(id, JSON.stringify(why))
}
connection.disconnect()
