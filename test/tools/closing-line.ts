/**
 * Ends a run of the unit tests with one plain line, `unit: 10 passed, 0 failed`.
 *
 * verify.mjs reads its counts off that line. The label keeps it apart from verify's own closing line. It is written
 * when the process ends, because vitest prints the coverage table after the last reporter has been called.
 */
import type { Reporter, TestModule } from 'vitest/node'

type Verdict = 'passed' | 'failed' | 'skipped'

const verdictOf = (state: string): Verdict => (state === 'passed' || state === 'failed' ? state : 'skipped')

/** A module's tests; a module that did not load has none, and counts as one failure. */
const verdictsOf = (module: TestModule): ReadonlyArray<Verdict> => {
  const tests = [...module.children.allTests()]
  return tests.length === 0 && module.state() === 'failed'
    ? ['failed']
    : tests.map((test) => verdictOf(test.result().state))
}

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandled: ReadonlyArray<unknown>): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 }
    for (const verdict of modules.flatMap(verdictsOf)) counts[verdict] += 1
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
    process.once('exit', () =>
      process.stdout.write(`unit: ${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
    )
  }
}
