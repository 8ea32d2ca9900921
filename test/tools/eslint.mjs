// @ts-check
/**
 * Lints src and the playground, and reports how many casts it holds. A cast is no failure; it is a number to keep an eye on.
 */
import { ESLint } from 'eslint'
import { countedRule } from './eslint.config.mjs'
import { root } from './project.mjs'

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: 'test/tools/eslint.config.mjs',
  errorOnUnmatchedPattern: false
})
const results = await eslint.lintFiles(['src/**/*.ts', 'docs/playground/**/*.ts'])

const findings = results.flatMap(({ filePath, messages }) =>
  messages.map((message) => ({ at: `${filePath.slice(root.length)}:${message.line}`, ...message }))
)
const casts = findings.filter(({ ruleId }) => ruleId === countedRule)
// Anything else counts, warnings too: such as a disabling comment, which ESLint merely remarks on.
const faults = findings.filter(({ ruleId }) => ruleId !== countedRule)

for (const { at, message, ruleId } of faults) console.log(`${at} ${message} (${ruleId ?? 'eslint'})`)
const where = casts.length === 0 ? '' : `: ${casts.map(({ at }) => at).join(', ')}`
console.log(`note: ${results.length} files, ${casts.length} casts other than as const${where}`)
process.exitCode = faults.length > 0 || results.length === 0 ? 1 : 0
