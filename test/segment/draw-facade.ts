/**
 * Draws docs/facade.md from the recorded cases and the two tables beside this file.
 */
import type { FacadeCase } from './facade-answers.js'
import type { Difference, NotRead } from './facade-differences.js'

const cell = (text: string): string => text.split('|').join('\\|')

/** JSON in code marks, with no-break spaces made visible. */
const code = (u: unknown): string =>
  u === undefined ? 'absent' : `\`${cell(JSON.stringify(u)).split('\u00a0').join('\\u00a0')}\``

/** What a case asks about, without the members that say nothing here. */
const inputOf = ({ event, arguments: given }: FacadeCase): string => {
  const shown = Object.entries(event ?? {}).filter(
    ([key, value]) => key !== 'type' && !(key === 'timestamp' && value === '2024-05-01T10:00:00.000Z')
  )
  const parts = [...(event === undefined ? [] : [code(Object.fromEntries(shown))]), ...(given ?? []).map(code)]
  return parts.join(' ')
}

const byId = (cases: ReadonlyArray<FacadeCase>): ReadonlyMap<string, FacadeCase> =>
  new Map(cases.map((one) => [one.id, one]))

const differenceRow =
  (cases: ReadonlyMap<string, FacadeCase>) =>
  ({ id, ours, why }: Difference): string => {
    const one = cases.get(id)
    return one === undefined
      ? `| ${id} | | | | |`
      : `| ${one.getter} | ${inputOf(one)} | ${code(one.expected)} | ${code(ours)} | ${cell(why)} |`
  }

/** Getters by the reason for which they are not read. */
const notReadRows = (cases: ReadonlyMap<string, FacadeCase>, rows: ReadonlyArray<NotRead>): ReadonlyArray<string> => {
  const whys = [...new Set(rows.map(({ why }) => why))]
  return whys.map((why) => {
    const ids = rows.filter((row) => row.why === why).map(({ id }) => id)
    const getters = [...new Set(ids.map((id) => cases.get(id)?.getter ?? id))]
    return `| ${getters.join(', ')} | ${ids.length} | ${cell(why)} |`
  })
}

/** The page, from its title to its last line. */
export const drawFacade = (
  cases: ReadonlyArray<FacadeCase>,
  differences: ReadonlyArray<Difference>,
  notRead: ReadonlyArray<NotRead>
): string => {
  const known = byId(cases)
  const alike = cases.length - differences.length - notRead.length
  return `# Beside Segment's facade

<!-- Drawn from test/segment/facade-differences.ts by its test: edit that table, not this page. -->

Segment's own Marketo integrations read events through a library named facade. Of ${cases.length} recorded answers of
facade 3.4.10, the readers of \`segment-marketo/segment\` give ${alike} alike and ${differences.length} otherwise, and
${notRead.length} ask for what we do not read. The tests run every answer, alike or not, and hold this page to them.

Dates are shown as ISO 8601 text. The members \`type\` and, where it plays no part, \`timestamp\` are left out.

## Answered otherwise

| Getter | Input | Facade | Here | Because |
| --- | --- | --- | --- | --- |
${differences.map(differenceRow(known)).join('\n')}

First and last names are also read exactly as facade reads them, with the name profile \`facade\`; which of two
spellings of a trait is read stays ours.

## Not read

| Getter | Cases | Because |
| --- | --- | --- |
${notReadRows(known, notRead).join('\n')}
`
}
