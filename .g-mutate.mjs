// tests=prefix,prefix node .g-mutate.mjs sources...
import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'
import { fileReport, reportOf, scoreOf, writeReport } from './test/tools/mutation/report.mjs'
import { testsFor } from './test/tools/mutation/rooms.mjs'
const begins = process.env.tests.split(',').map((one) => `test/settings/${one}`)
const tests = testsFor('settings').filter((path) => begins.some((begin) => path.startsWith(begin)))
const sources = process.argv.slice(2)
const results = await new Stryker({
  mutate: sources, testRunner: 'room', plugins: [fileURLToPath(new URL('./test/tools/mutation/runner.mjs', import.meta.url))],
  ignorers: ['tables'], ...{ room: { tests, runs: Number(process.env.runs ?? 2), seed: 20260731 } }, reporters: [], coverageAnalysis: 'perTest',
  concurrency: 1, tempDirName: 'node_modules/.cache/segment-marketo/mutation', ignorePatterns: ['dist', 'site', 'docs'].filter((x) => !(process.env.docs && x === 'docs')),
  disableTypeChecks: false, timeoutMS: 10_000, timeoutFactor: 4, allowEmpty: true, allowConsoleColors: false, logLevel: 'error', warnings: false
}).runMutationTest()
const before = reportOf('settings')
const found = Object.fromEntries(sources.map((path) => [path, fileReport(path, results.filter(({ fileName }) => fileName.endsWith(`/${path}`)), before[path])]))
writeReport('settings', { ...before, ...found })
console.log(scoreOf(Object.values(found)).toFixed(1))
for (const [path, { mutants, killed, survivors }] of Object.entries(found)) {
  console.log(path, killed, mutants)
  for (const { at, was, is } of survivors) console.log(`  ${path.replace('src/settings/', '')}:${at}  ${was}  =>  ${is}`)
}
