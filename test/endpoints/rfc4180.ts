/**
 * CSV as RFC 4180 has it, read letter by letter: a second opinion on what we write, which shares no line with it.
 *
 * @module
 */

type State = 'start' | 'plain' | 'quoted' | 'closed'

/** The rows of a file whose every line ends in CRLF; anything that the RFC has no rule for fails the test. */
export const rfc4180 = (text: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: Array<ReadonlyArray<string>> = []
  let row: Array<string> = []
  let cell = ''
  let state: State = 'start'
  const next = (): void => {
    row.push(cell)
    cell = ''
    state = 'start'
  }
  for (let i = 0; i < text.length; i += 1) {
    const letter = text.charAt(i)
    if (state === 'quoted') {
      if (letter !== '"') cell += letter
      else if (text.charAt(i + 1) === '"') {
        cell += '"'
        i += 1
      } else state = 'closed'
    } else if (letter === ',') next()
    else if (letter === '\r') {
      if (text.charAt(i + 1) !== '\n') throw new Error('a carriage return alone')
      i += 1
      next()
      rows.push(row)
      row = []
    } else if (letter === '\n') throw new Error('a line feed alone')
    else if (letter === '"') {
      if (state !== 'start') throw new Error('a quote inside a cell')
      state = 'quoted'
    } else {
      if (state === 'closed') throw new Error('text behind a closing quote')
      cell += letter
      state = 'plain'
    }
  }
  if (state !== 'start' || row.length > 0) throw new Error('the last line has no end')
  return rows
}
