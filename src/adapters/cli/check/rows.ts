/**
 * Rows of numbers, half a million or more, without an object for each.
 *
 * @module
 */

/** Numbers by position that grow as they are asked for, all of them `blank` at first. */
export const growing = (blank: number) => {
  let numbers = new Int32Array(1024).fill(blank)
  return {
    at: (i: number): number => numbers[i] ?? blank,
    put: (i: number, n: number): void => {
      if (i >= numbers.length) {
        const more = new Int32Array(Math.max(i + 1, numbers.length * 2)).fill(blank)
        more.set(numbers)
        numbers = more
      }
      numbers[i] = n
    }
  }
}

/** What stands where a row is its own. */
const ownRow = -1

/** Rows, counted from 0, that can turn out to be one. */
export const joiningRows = () => {
  const into = growing(ownRow)
  let rows = 0
  let joined = 0
  const finalOf = (row: number): number => {
    let last = row
    for (let next = into.at(last); next !== ownRow; next = into.at(last)) last = next
    if (last !== row) into.put(row, last)
    return last
  }
  return {
    finalOf,
    made: (): number => {
      rows += 1
      return rows - 1
    },
    join: (row: number, other: number): void => {
      into.put(other, row)
      joined += 1
    },
    isOwn: (row: number): boolean => into.at(row) === ownRow,
    rows: (): number => rows,
    count: (): number => rows - joined
  }
}
