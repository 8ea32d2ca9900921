/**
 * page and track in the browser: visits that Munchkin reports.
 *
 *     page    → visitWebPage { url: '/pricing', params: 'plan=pro' }
 *     track   → visitWebPage { url: '/event/Trial-Started', params: 'plan=pro&' }
 *
 * Sources: Adobe "Munchkin API Reference", visitWebPage; Segment "Marketo Destination", Page and Track.
 *
 * @module
 */
import { readAddress } from '../contract/visit.js'
import type { Findings } from '../intent/mapped.js'
import type { PageEvent, TrackEvent } from '../segment/event.js'
import { readPage } from '../segment/page.js'
import type { Compiled } from './compile.js'
import { trackPage } from './track.js'

/** Maps a page call for the browser. */
export const mapPageInBrowser = ({ settings }: Compiled, event: PageEvent, findings: Findings): void => {
  const { munchkinId, browserPageUrl } = settings
  const address = readAddress(event, findings.problems)
  if (address === undefined) return
  const verbatim = browserPageUrl === 'verbatim' ? readPage(event, 'url')?.value : undefined
  const url = typeof verbatim === 'string' ? verbatim : address.value.path
  findings.intents.push({ _tag: 'VisitPageInBrowser', munchkinId, url, params: address.value.params })
}

/** Maps a track call for the browser. */
export const mapTrackInBrowser = (compiled: Compiled, event: TrackEvent, findings: Findings): void => {
  const page = trackPage(compiled, event, findings.problems)
  if (page === undefined) return
  const { url, params } = page
  findings.intents.push({ _tag: 'VisitPageInBrowser', munchkinId: compiled.settings.munchkinId, url, params })
}
