/**
 * One line on a terminal that shows how far a long read has got. What is read within half a second shows none.
 *
 *     [=========---------------------]  31 % of 61.3 MB, 12 s left
 *
 * The line is drawn when something was read and by no timer, and never moves the cursor to another line: problems that are written in
 * between push it down and stay.
 *
 * @module
 */
import type { Progress, Status } from './world.js'

const barWidth = 30
const delay = 500
const pause = 100

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

const timeLeft = (seconds: number): string =>
  seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`

/** A bar that is filled up to a part. */
export const drawBar = (part: number): string => {
  const filled = Math.floor(Math.max(0, Math.min(1, part)) * barWidth)
  return `[${'='.repeat(filled)}${'-'.repeat(barWidth - filled)}]`
}

/** The line: how much of how much was read in how many milliseconds. Without a size it tells what was read. */
export const drawProgress = (read: number, size: number | null, elapsed: number): string => {
  if (size === null || size <= 0) return `${megabytes(read)} read`
  const part = Math.min(1, read / size)
  const left = part > 0 ? `, ${timeLeft((elapsed / 1000) * (1 / part - 1))} left` : ''
  return `${drawBar(part)} ${String(Math.floor(part * 100)).padStart(3)} % of ${megabytes(size)}${left}`
}

/** A line that nobody sees. */
export const noStatus: Status = { show: () => undefined, stop: () => undefined }

/** A progress that nobody sees. */
export const noProgress: Progress = { advance: () => undefined, stop: () => undefined }

/** What wipes the line. */
export const clearLine = '\r\u001b[K'

/** A progress whose line goes to `write`; `now` is a clock in milliseconds. */
export const newProgress = (size: number | null, write: (text: string) => void, now: () => number): Progress => {
  const begun = now()
  let read = 0
  let drawnAt = begun + delay - pause
  let isDrawn = false
  return {
    advance: (bytes) => {
      read += bytes
      const time = now()
      if (time - drawnAt < pause) return
      drawnAt = time
      isDrawn = true
      write(`${clearLine}${drawProgress(read, size, time - begun)}`)
    },
    stop: () => {
      if (isDrawn) write(clearLine)
    }
  }
}

/** A line of any text on a terminal, no wider than it; `now` is a clock in milliseconds. What is over within half a second shows none. */
export const newStatus = (columns: number, write: (text: string) => void, now: () => number): Status => {
  let drawnAt = now() + delay - pause
  let isDrawn = false
  return {
    show: (text) => {
      const time = now()
      if (time - drawnAt < pause) return
      drawnAt = time
      isDrawn = true
      write(`${clearLine}${text.slice(0, columns - 1)}`)
    },
    stop: () => {
      if (isDrawn) write(clearLine)
    }
  }
}
