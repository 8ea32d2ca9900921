/**
 * The real program, as a bundle run by node: exit codes, streams, signals, memory.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const examples = join(root, 'docs/examples')
const folder = join(root, 'node_modules/.cache/segment-marketo/cli-test')
const bundle = join(folder, 'dist/cli.cjs')
const watcher = join(folder, 'watch.cjs')
const settings = join(examples, 'settings.json')
const events = join(examples, 'events.ndjson')
let scratch = ''

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  scratch = mkdtempSync(join(tmpdir(), 'segment-marketo-'))
  await build({
    entryPoints: [join(root, 'src/adapters/cli/main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2020',
    mainFields: ['module', 'main'],
    logLevel: 'silent'
  })
  writeFileSync(join(folder, 'package.json'), '{"version":"7.8.9"}')
  writeFileSync(
    watcher,
    [
      "const { existsSync, readFileSync } = require('node:fs')",
      "const own = '/proc/self/status'",
      // What getrusage tells of a child begins with the size of its parent; the kernel's own mark begins at its start.
      "const mark = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync(own, 'utf8'))[1])",
      'const peak = () => (existsSync(own) ? mark() : process.resourceUsage().maxRSS)',
      "process.on('exit', () => process.stderr.write('peak ' + peak() + ' kB\\n'))"
    ].join('\n')
  )
})

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const start = (words: ReadonlyArray<string>, nodeOptions: ReadonlyArray<string> = []): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [...nodeOptions, bundle, ...words], { cwd: examples, env: { PATH: process.env.PATH } })

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const end = async (child: ChildProcessWithoutNullStreams): Promise<Ran> => {
  const out: Array<Buffer> = []
  const err: Array<Buffer> = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const [code] = await once(child, 'close')
  return {
    code: typeof code === 'number' ? code : null,
    out: String(Buffer.concat(out)),
    err: String(Buffer.concat(err))
  }
}

const run = (words: ReadonlyArray<string>, input: string | Buffer = ''): Promise<Ran> => {
  const child = start(words)
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return end(child)
}

const lines = (text: string): number => text.split('\n').length - 1

describe('exit codes', () => {
  it.each([
    [0, ['--help']],
    [0, ['map', '--help']],
    [0, ['map', 'events.json', '-s', 'settings.json']],
    [0, ['map', 'events.ndjson', '-s', 'settings.json', '--as', 'table', '--exit-zero']],
    [0, ['explain', 'events.ndjson', '-s', 'settings.json', '--line', '2']],
    [0, ['check', '-s', 'settings-segment.json']],
    [0, ['map', 'events.json', '-s', 'settings-device.json', '--side', 'browser']],
    [0, ['source', 'schema', '--collection', 'leads']],
    [1, ['map', 'events.ndjson', '-s', 'settings.json']],
    [1, ['explain', 'events.ndjson', '-s', 'settings.json', '--line', '17']],
    [1, ['check', '-s', 'settings.json', '--events', 'events.ndjson']],
    [2, []],
    [2, ['mpa']],
    [2, ['map', 'events.ndjson', '-s', 'settings.json', '--frob']],
    [2, ['map', 'nope.ndjson', '-s', 'settings.json']],
    [2, ['map', '.', '-s', 'settings.json']],
    [2, ['map', 'events.ndjson', '-s', 'nope.json']],
    [2, ['map', 'events.ndjson', '-s', '.']],
    [2, ['map', 'events.ndjson', '-s', 'events.ndjson']],
    [2, ['map', 'events.ndjson', '-s', 'settings.json', '--problems', 'no/such/folder/p.ndjson']],
    [2, ['source', 'sync', '--to', 'simulator', '--out', 'events.json']],
    [2, ['source', 'sync', '--to', 'simulator', '--out', '/dev/null/rows']]
  ])('%i for %j', async (code, words) => {
    const ran = await run(words)
    expect(ran.code).toBe(code)
    expect(ran.err).not.toMatch(/^\s+at |a fault of/m)
    if (code === 2) expect(ran.err).not.toBe('')
  })

  it('the version is the package’s own', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: '7.8.9\n', err: '' })
  })
})

describe('source sync', () => {
  it('makes a folder, writes a file for each collection, and goes on from its state', async () => {
    const out = join(scratch, 'deep', 'rows')
    const words = ['source', 'sync', '--to', 'simulator', '--out', out, '--state', join(scratch, 'state.json')]
    const first = await run(words)
    expect(first.code).toBe(0)
    const names = readdirSync(out)
    expect(names.filter((name) => name.endsWith('.rows.ndjson'))).toHaveLength(12)
    expect(names).toHaveLength(24)
    const leads = readFileSync(join(out, 'leads.ndjson'), 'utf8')
    expect(lines(leads)).toBeGreaterThan(200)
    const second = await run(words)
    expect([second.code, readFileSync(join(out, 'leads.ndjson'), 'utf8')]).toEqual([0, leads])
    expect(readdirSync(out)).toEqual(names)
    const csv = await run([
      'source',
      'sync',
      '--to',
      'simulator',
      '--out',
      out,
      '--format',
      'csv',
      '--collections',
      'leads'
    ])
    expect([csv.code, lines(readFileSync(join(out, 'leads.csv'), 'utf8'))]).toEqual([0, lines(leads) + 1])
  })

  it('says why nothing can be kept', async () => {
    const state = join(scratch, 'no', 'such', 'state.json')
    const ran = await run(['source', 'sync', '--to', 'simulator', '--out', join(scratch, 'kept'), '--state', state])
    expect(ran).toMatchObject({ code: 2, err: `${state}: writing failed (ENOENT)\n` })
  })
})

describe('input', () => {
  const event = (email: string) => JSON.stringify({ type: 'identify', userId: 'u1', traits: { email, name: 'Noé 戴' } })
  const mapped = ['map', '-s', settings]

  it.each([
    ['a byte order mark', `\ufeff${event('ana@example.com')}\n`, 1, 0],
    ['CRLF and blank lines', `\r\n${event('ana@example.com')}\r\n\r\n${event('ben@example.com')}\r\n`, 2, 0],
    ['no line feed at the end', `${event('ana@example.com')}\n${event('ben@example.com')}`, 2, 0],
    ['a list', `[${event('ana@example.com')},\n${event('ben@example.com')}]`, 2, 0],
    ['nothing', '', 0, 0],
    ['bad lines between good ones', `{"a\n${event('ana@example.com')}\nnot JSON\n${event('ben@example.com')}`, 2, 1],
    [
      'a line of 3 MB',
      `${event('ana@example.com')}\n${event('x'.repeat(3_000_000))}\n${event('ben@example.com')}`,
      2,
      1
    ]
  ])('with %s, from standard input', async (_, input, intents, code) => {
    const ran = await run(mapped, input)
    expect([lines(ran.out), ran.code]).toEqual([intents, code])
  })

  it('tells a bad line and a huge one by their numbers', async () => {
    const { err } = await run(mapped, `${event('a@example.com')}\n{"a":\n${' '.repeat(2_000_000)}\n[]\n`)
    expect(err).toMatch(/^line 2: is not JSON: .*\nline 3: is longer than 1 MB .*\nline 4: .*found a list/)
  })

  it('keeps characters whole that chunks cut', async () => {
    const child = start(mapped)
    const bytes = Buffer.from(`${event('ana@example.com')}\n`)
    const whole = end(child)
    for (const byte of bytes) {
      child.stdin.write(Buffer.from([byte]))
      if (byte > 127) await new Promise((resolve) => setTimeout(resolve, 2))
    }
    child.stdin.end()
    expect((await whole).out).toContain('"lastName":"戴"')
  })

  it('takes a device for a file', async () => {
    const command = `printf '%s' '${event('ana@example.com')}' | "${process.execPath}" "${bundle}" map /dev/stdin -s settings.json`
    const ran = await end(spawn('sh', ['-c', command], { cwd: examples }))
    expect([lines(ran.out), ran.code]).toEqual([1, 0])
  })

  it('of UTF-16 is refused by name', async () => {
    const { err, code } = await run(mapped, Buffer.from(`\ufeff${event('ana@example.com')}`, 'utf16le'))
    expect(err).toMatch(/^line 1: is UTF-16: save the file as UTF-8 \[unreadable\]\n/)
    expect(code).toBe(1)
  })
})

describe('output', () => {
  it('is the same in a file as in a pipe', async () => {
    const path = join(scratch, 'out.ndjson')
    const file = openSync(path, 'w')
    const child = spawn(process.execPath, [bundle, 'map', events, '-s', settings], {
      stdio: ['ignore', file, 'ignore']
    })
    await once(child, 'close')
    closeSync(file)
    expect(readFileSync(path, 'utf8')).toBe((await run(['map', events, '-s', settings])).out)
  })

  it('writes problems to a file, every one of them', async () => {
    const path = join(scratch, 'problems.ndjson')
    const { err, code } = await run(['map', events, '-s', settings, '--problems', path])
    const beside = await run(['map', events, '-s', settings])
    expect(lines(readFileSync(path, 'utf8'))).toBe(lines(beside.err) - 3)
    expect([lines(err), code]).toEqual([3, 1])
  })

  it.each([
    ['standard output', ['map', events, '-s', settings], '> /dev/full'],
    ['/dev/full', ['map', events, '-s', settings, '--problems', '/dev/full'], '> /dev/null']
  ])('onto a disk that is full is told: %s', async (name, words, redirect) => {
    const command = [process.execPath, bundle, ...words].map((word) => `'${word}'`).join(' ')
    const { err, code } = await end(spawn('sh', ['-c', `${command} ${redirect}`]))
    expect(err).toContain(`${name}: writing failed (ENOSPC)`)
    expect(err).not.toContain('a fault of')
    expect(code).toBe(2)
  })

  it('onto a disk that is full is told as JSON with --json', async () => {
    const command = [process.execPath, bundle, 'map', events, '-s', settings, '--json']
      .map((word) => `'${word}'`)
      .join(' ')
    const { err, code } = await end(spawn('sh', ['-c', `${command} > /dev/full`]))
    expect(code).toBe(2)
    const rows = err
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows.at(-1)).toMatchObject({ weight: 'refused', text: 'standard output: writing failed (ENOSPC)' })
  })

  it('of provision --apply tells what was made, though the disk is full where settings are to be saved', async () => {
    const words = ['provision', '-s', settings, '--to', 'simulator', '--apply', '--save', '/dev/full']
    const [plain, json] = [await run(words), await run([...words, '--json'])]
    expect([plain.code, plain.out]).toEqual([2, expect.stringContaining('invoicePaid: it is number 100007')])
    expect([json.code, JSON.parse(json.out)]).toMatchObject([2, { failed: null, numbers: { length: 7 }, now: null }])
    expect(json.err).toContain('/dev/full: writing failed (ENOSPC)')
  })

  it.each([
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, true],
    ['NO_COLOR before FORCE_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['neither', {}, false]
  ])('is coloured in a pipe by %s: %s', async (_, env, isColoured) => {
    const ran = await end(
      spawn(process.execPath, [bundle, 'map', events, '-s', settings], { env: { ...env, PATH: process.env.PATH } })
    )
    expect(ran.err.includes('\u001b[31m[invalid]\u001b[39m')).toBe(isColoured)
    expect(ran.err.includes('\u001b')).toBe(isColoured)
    expect(ran.out).not.toContain('\u001b')
  })

  it('has no colours where there is no terminal', async () => {
    expect((await run(['explain', events, '-s', settings])).out).not.toContain('\u001b')
  })

  it('ends quietly when its reader goes away', async () => {
    const child = start(['map', '-s', settings, '--as', 'requests'])
    const one = readFileSync(events)
    child.stdin.on('error', () => undefined)
    const feed = setInterval(() => child.stdin.write(one), 1)
    child.stdout.once('data', () => child.stdout.destroy())
    const err: Array<string> = []
    child.stderr.on('data', (chunk: Buffer) => err.push(String(chunk)))
    const [code] = await once(child, 'exit')
    clearInterval(feed)
    expect(code).toBe(0)
    expect(err.join('')).not.toMatch(/EPIPE|Error|^\s+at |events:/m)
  })

  it('ends quietly on Ctrl-C, in the middle of a stream', async () => {
    const child = start(['map', '-s', settings])
    child.stdin.on('error', () => undefined)
    child.stdin.write(readFileSync(events))
    child.stdout.once('data', () => child.kill('SIGINT'))
    const { code, err } = await end(child)
    expect(code).toBe(130)
    expect(err).not.toMatch(/Error|^\s+at |events:/m)
  })
})

describe('deliver', () => {
  it('delivers over HTTP on this machine, and tells what the simulated Marketo holds', async () => {
    const dead = join(scratch, 'dead.ndjson')
    const words = ['deliver', 'events.ndjson', '-s', 'settings.json', '--to', 'simulator', '--dead-letter', dead]
    const { out, err, code } = await run(words)
    expect(out).toMatch(/^The simulated Marketo holds \d+ leads, \d+ activities and \d+ page views\.$/m)
    expect(err).toContain(`${dead}: ${lines(readFileSync(dead, 'utf8'))} lines that can be delivered again\n`)
    expect(code).toBe(1)
  })

  it('at Ctrl-C ends what it began and tells all of it', async () => {
    const dead = join(scratch, 'interrupted.ndjson')
    const child = start(['deliver', '-s', settings, '--to', 'simulator', '-q', '--dead-letter', dead])
    const ended = end(child)
    child.stdin.on('error', () => undefined)
    child.stdin.write(readFileSync(events))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    child.kill('SIGINT')
    const { code, out, err } = await ended
    expect([code, err]).toEqual([130, expect.stringContaining('stopped: nothing behind line 5')])
    expect(out).toMatch(/^ {2}delivered +[1-9]/m)
  })
})

describe('memory', () => {
  const heap = 64
  const megabyte = 1_000_000

  /** Lines of about 1 kB each, all different. */
  const block = (first: number): string => {
    let text = ''
    for (let i = first; i < first + 250; i += 1) {
      const traits = { email: `p${i}@example.com`, name: `Person ${i}`, plan: 'pro', about: 'x'.repeat(700), logins: i }
      text += `${JSON.stringify({ type: 'identify', messageId: `m-${i}`, userId: `u-${i % 20_000}`, traits, timestamp: '2024-05-01T10:00:00Z' })}\n`
    }
    return text
  }

  const feed = async (child: ChildProcessWithoutNullStreams, bytes: number): Promise<void> => {
    let sent = 0
    for (let i = 0; sent < bytes; i += 250) {
      const text = block(i)
      sent += text.length
      if (!child.stdin.write(text)) await once(child.stdin, 'drain')
    }
    child.stdin.end()
  }

  it.each([
    ['map', ['map', '-s', settings], 200 * megabyte],
    ['map of a line without end', ['map', '-s', settings], -300 * megabyte],
    ['check', ['check', '-s', settings, '--events', '-'], 60 * megabyte]
  ])(`%s runs in a heap of ${heap} MB, whatever the size of the stream`, async (_, words, bytes) => {
    const child = start(words, [`--max-old-space-size=${heap}`, '--require', watcher])
    let out = 0
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.length
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += String(chunk)
    })
    const closed = once(child, 'close')
    if (bytes > 0) await feed(child, bytes)
    else {
      const blank = Buffer.alloc(megabyte, 'a')
      for (let i = 0; i < -bytes; i += megabyte) if (!child.stdin.write(blank)) await once(child.stdin, 'drain')
      child.stdin.end()
    }
    const [code] = await closed
    expect(err).toMatch(/peak \d+ kB/)
    expect(code).toBe(bytes > 0 ? 0 : 1)
    expect(Number(/peak (\d+) kB/.exec(err)?.[1])).toBeLessThan(160_000)
    if (words[0] === 'map' && bytes > 0) expect(out).toBeGreaterThan(40 * megabyte)
  })
})
