/**
 * What a page must offer for calls to be made in it. Nothing here reads a global: `browserWorld` makes this of a window, and a test
 * makes it of nothing.
 *
 * @module
 */

/**
 * What the signer answered.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageResponse {
  readonly status: number
  text(): Promise<string>
}

/**
 * How the signer is asked: with the page's cookies or without, and with headers of the page's own.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageRequest {
  readonly credentials: 'omit' | 'same-origin' | 'include'
  readonly headers: Record<string, string>
}

/**
 * A page, as far as the runner needs one.
 *
 * - `global`: a member of the window, by name.
 * - `scriptUrls`: the addresses of the scripts that stand in the page.
 * - `addScript`: adds a script, and says once whether it loaded.
 * - `hasElement`: whether an element with this id stands in the page.
 * - `addHiddenForm`: adds an empty form with this id, which nobody sees.
 * - `fetch`: GET.
 * - `after`: does something some milliseconds later, unless the function that it answers is called before.
 *
 * @category page
 * @since 0.1.0
 */
export interface PageWorld {
  readonly global: (name: string) => unknown
  readonly scriptUrls: () => ReadonlyArray<string>
  readonly addScript: (url: string, done: (loaded: boolean) => void) => void
  readonly hasElement: (id: string) => boolean
  readonly addHiddenForm: (id: string) => void
  readonly fetch: (url: string, request: PageRequest) => Promise<PageResponse>
  readonly after: (milliseconds: number, act: () => void) => () => void
}
