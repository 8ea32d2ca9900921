// @ts-check
/**
 * The house rules for src and the playground that need types or scopes; format and the usual suspects are biome's.
 *
 * Two blocks: `house` needs no types, so a unit test can try it on made-up snippets; `typed` needs the whole program.
 */
import tseslint from 'typescript-eslint'

/** The rule whose findings are counted and reported, but fail nothing. */
export const countedRule = '@typescript-eslint/consistent-type-assertions'

const runtimeNames = [
  ...['process', 'Buffer', 'require', 'module', 'exports', '__dirname', '__filename', 'global'],
  ...['globalThis', 'window', 'self', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'AbortController', 'AbortSignal', 'console', 'performance', 'crypto'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
  ...['TextEncoder', 'TextDecoder', 'atob', 'btoa', 'structuredClone']
].map((name) => ({ name, message: 'A runtime belongs to src/adapters; elsewhere, take what you need as an argument.' }))

/** A Date's parts in the machine's own zone. */
const localDateParts = [
  ...['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds'].flatMap((part) => [
    `get${part}`,
    `set${part}`
  ]),
  ...['getYear', 'getTimezoneOffset', 'toDateString', 'toTimeString']
].map((property) => ({ property, message: "That reads the machine's zone; use the UTC one." }))

const localeDependent = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'localeCompare'].map(
  (property) => ({ property, message: "That reads the machine's locale." })
)

const clocksAndDice = [
  { object: 'Date', property: 'now', message: 'The time is an argument.' },
  { object: 'Math', property: 'random', message: 'What varies is an argument.' }
]

/** @param {string} selector @param {string} message */
const forbid = (selector, message) => ({ selector, message })

const everywhere = [
  forbid('ExportAllDeclaration[exported]', 'A namespace keeps its whole module in every bundle: export names.')
]

const outsideAdapters = [
  ...everywhere,
  forbid('ThrowStatement', 'Failure is a value.'),
  forbid("BinaryExpression[operator='instanceof']", 'A value of another realm fails that test: look at its shape.'),
  forbid("NewExpression[callee.name='Date'][arguments.length=0]", 'The time is an argument.'),
  forbid("NewExpression[callee.name='Date'][arguments.length>1]", "That is the machine's zone: use Date.UTC."),
  forbid("CallExpression[callee.name='Date']", "That is the machine's clock.")
]

/** Ways of a page to read a text as markup, or to run it. */
const markup = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'write',
  'writeln',
  'srcdoc',
  'createContextualFragment'
].map((property) => ({ property, message: 'What comes from an event is text: set it as text.' }))

/** Ways of a page to send something. */
const network = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Image', 'Worker'].map((name) => ({
  name,
  message: 'Nothing leaves the playground.'
}))

/**
 * The playground: its model is as pure as the library, letters of base64 apart; its view writes text only, and sends nothing.
 *
 * @type {import('typescript-eslint').ConfigArray}
 */
const playground = [
  {
    files: ['docs/playground/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...markup,
        { property: 'sendBeacon', message: 'Nothing leaves the playground.' }
      ],
      'no-restricted-globals': ['error', ...network]
    }
  },
  {
    files: ['docs/playground/model/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...outsideAdapters],
      'no-restricted-globals': ['error', ...runtimeNames.filter(({ name }) => name !== 'atob' && name !== 'btoa')],
      'no-restricted-properties': ['error', ...clocksAndDice, ...localDateParts, ...localeDependent]
    }
  }
]

const linted = ['src/**/*.ts', 'docs/playground/**/*.ts']

/** What holds without types. @type {import('typescript-eslint').ConfigArray} */
export const house = [
  {
    files: linted,
    languageOptions: { parser: /** @type {any} */ (tseslint.parser) },
    plugins: { '@typescript-eslint': /** @type {any} */ (tseslint.plugin) },
    // A comment switches nothing off; biome's own `biome-ignore` needs a reason and is checked for being needed.
    linterOptions: { noInlineConfig: true },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }
      ],
      'no-cond-assign': ['error', 'always'],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...everywhere],
      [countedRule]: ['warn', { assertionStyle: 'never' }]
    }
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/adapters/**'],
    rules: {
      'no-restricted-syntax': ['error', ...outsideAdapters],
      'no-restricted-globals': ['error', ...runtimeNames],
      'no-restricted-properties': ['error', ...clocksAndDice, ...localDateParts, ...localeDependent]
    }
  },
  ...playground
]

/** What needs types: no `any` slips in from elsewhere, no case is forgotten, no promise is lost. */
const typed = {
  files: linted,
  languageOptions: { parserOptions: { projectService: true } },
  rules: {
    '@typescript-eslint/no-unsafe-argument': 'error',
    '@typescript-eslint/no-unsafe-assignment': 'error',
    '@typescript-eslint/no-unsafe-call': 'error',
    '@typescript-eslint/no-unsafe-member-access': 'error',
    '@typescript-eslint/no-unsafe-return': 'error',
    '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/no-base-to-string': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
  }
}

export default [...house, typed]
