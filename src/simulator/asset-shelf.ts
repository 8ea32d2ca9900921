/**
 * The assets of an instance, kind by kind: put there, taken away, found by number.
 *
 *     emails, by name:   Alpha   Beta   Delta        a new Carrot moves Delta to the next place, and maybe to the next page
 *
 * Sorted by name, as no order is promised: what comes or goes during a walk by offset shifts what follows.
 *
 * @module
 */
import {
  campaignKept,
  emailKept,
  inOrder,
  type KeptKinds,
  landingPageKept,
  programKept,
  type Shelf,
  type ShelfAssets,
  type ShelfKind,
  segmentationKept
} from './asset-records.js'
import type { Draft } from './state.js'

/** A shelf that nothing stands on. @internal */
export const emptyShelf: Shelf = { emails: [], landingPages: [], programs: [], campaigns: [], segmentations: [] }

const keepers: { readonly [K in ShelfKind]: (asset: ShelfAssets[K]) => KeptKinds[K] } = {
  emails: emailKept,
  landingPages: landingPageKept,
  programs: programKept,
  campaigns: campaignKept,
  segmentations: segmentationKept
}

/** Puts assets on the shelf; each takes the place of the one that has its number. @internal */
export const putAssets = <K extends ShelfKind>(draft: Draft, kind: K, assets: ReadonlyArray<ShelfAssets[K]>): void => {
  const added = assets.map(keepers[kind])
  const ids = new Set(added.map(({ id }) => id))
  const kept = [...draft.assets[kind].filter(({ id }) => !ids.has(id)), ...added]
  draft.assets = { ...draft.assets, [kind]: inOrder<KeptKinds[K]>(kept) }
}

/** Takes an asset off the shelf. @internal */
export const dropAsset = (draft: Draft, kind: ShelfKind, id: number): void => {
  draft.assets = { ...draft.assets, [kind]: draft.assets[kind].filter((one) => one.id !== id) }
}
