// @ts-check
/**
 * The changelog of a release, from the changes that wait for it.
 *
 *     .changeset/*.md  →  ## 0.2.0, what changes an output first  →  docs/CHANGELOG.md
 */

/** @typedef {'major' | 'minor' | 'patch' | 'none'} Kind */
/** @typedef {{ readonly summary: string, readonly kind: Kind }} Change */

const changesOutput = /\bbefore →/

/**
 * Why a change cannot be released as the kind that it says it is, or undefined: an output that changes is never a patch.
 *
 * @param {Change} change
 * @returns {string | undefined}
 */
export const faultOf = ({ summary, kind }) =>
  kind === 'patch' && changesOutput.test(summary)
    ? `a change of an output is at least minor: ${summary.split('\n')[0]}`
    : undefined

const ranks = { major: 0, minor: 1, patch: 2, none: 3 }

/** What changes an output first, then by kind; else in the order given. @param {Change} change */
const rankOf = ({ summary, kind }) => (changesOutput.test(summary) ? 0 : 4) + ranks[kind]

/** A summary as one item of a list: its further lines are indented. @param {string} summary */
const item = (summary) => `- ${summary.trim().split('\n').join('\n  ')}`

/**
 * The section of a version.
 *
 * @param {string} version
 * @param {ReadonlyArray<Change>} changes
 */
export const sectionOf = (version, changes) =>
  [`## ${version}`, '', ...[...changes].sort((a, b) => rankOf(a) - rankOf(b)).map(({ summary }) => item(summary))].join(
    '\n'
  )

/**
 * A changelog with a section above those that it has. One that is there already is not put in again.
 *
 * @param {string} changelog
 * @param {string} section
 */
export const withSection = (changelog, section) => {
  const [heading = ''] = section.split('\n')
  if (changelog.split('\n').includes(heading)) return changelog
  const first = changelog.search(/^## /m)
  return first < 0
    ? `${changelog.trimEnd()}\n\n${section}\n`
    : `${changelog.slice(0, first)}${section}\n\n${changelog.slice(first)}`
}
