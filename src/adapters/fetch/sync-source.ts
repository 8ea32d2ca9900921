/**
 * Reads an instance over `fetch`: the loop that a service would write around `nextReads` and `receiveRead`.
 *
 *     sync ──nextReads──▶ fetch ──answers, parts of files──▶ sync ──▶ onRows, then onState
 *
 * Nothing is decided here: which calls are made, when, and what an answer means is the business of source/. The access token lives
 * here and nowhere else.
 *
 * @module
 */
import type { SourceSync } from '../../source/sync/state.js'
import { newCallCounts } from './call-counts.js'
import type { SyncConfig, Synced } from './sync-config.js'
import { newSyncing, type Syncing, unforeseen } from './syncing.js'

const carriedOut = async (run: Syncing): Promise<Synced> => {
  try {
    for (;;) {
      run.takeIn()
      await run.tell()
      await run.sendOut()
      run.giveUpWaiting()
      if (run.isOver()) break
      await run.wait()
    }
  } catch {
    run.stop(unforeseen)
  }
  return run.end()
}

/** What comes of a state that is none. */
const unusable = (state: SourceSync): Synced => ({
  state,
  isSynced: false,
  unread: [],
  wakeAt: null,
  calls: newCallCounts().made(),
  problems: [unforeseen]
})

/**
 * Reads an instance: one run, or run after run; begun with what `startSync` gives, or gone on with from a state that was stored. The promise
 * is never refused: what goes wrong around it is told by the result, and what is said of records and refusals by `onRows`.
 *
 * @example
 * import { syncSource } from 'segment-marketo/fetch'
 * import { decodeSourceSettings, startSync } from 'segment-marketo/source'
 *
 * const read = decodeSourceSettings({ munchkinId: '561-HYG-937', collections: 'lists' })
 * if (read._tag === 'Left') throw new Error('the settings are wrong')
 * // Nobody answers, and nobody waits.
 * const fetch = () => Promise.reject(new Error('offline'))
 * const sync = startSync(read.right, 1_714_557_600_000)
 * const credentials = { clientId: 'id', clientSecret: 'secret' }
 * const { isSynced } = await syncSource(sync, { credentials, onRows: () => undefined, fetch, patience: 0 })
 * isSynced // => false
 * @category syncing
 * @since 0.1.0
 */
export const syncSource = async (sync: SourceSync, config: SyncConfig): Promise<Synced> => {
  try {
    return await carriedOut(newSyncing(sync, config))
  } catch {
    return unusable(sync)
  }
}
