// @ts-check
/**
 * The example of docs/examples/bullmq on a real Redis, while everything fails that can.
 *
 *     producer ──▶ Redis ──▶ three workers ──loopback──▶ the simulator, which writes down every call
 *        └ ended half way, run again   └ killed at random; connections dropped; calls fail, get lost, lose their token
 *
 * What is checked: one verdict for each event, nothing lost, nothing done twice; the budget of all workers together; the order of each
 * person's events; the leads in the end.
 */
import { ok, deepStrictEqual as same } from 'node:assert'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { activitiesIn, changesIn, leadsIn } from 'segment-marketo/simulator'
import { startSimulatorServer } from 'segment-marketo/simulator-server'
import { redisServer } from '../gates.mjs'
import { root } from '../project.mjs'
import { crowd, marketo, seeded, settings } from './crowd.mjs'
import { startRedis } from './redis.mjs'
import { storeTests } from './store.mjs'

const example = join(root, 'docs/examples/bullmq')
const [seed = 1] = process.argv.slice(2).map(Number)
const [callsPerWindow, runningCalls, workerCount] = [60, 3, 3]
const [killsWanted, pausesWanted] = [9, 5]
const [windowMillis, pauseMillis] = [20_000, 3_500]

let [passed, failed] = [0, 0]

/** @param {string} says @param {() => void} check */
const it = (says, check) => {
  try {
    check()
    passed += 1
  } catch (error) {
    failed += 1
    console.log(`FAILED ${says}\n${error instanceof Error ? error.message : error}`)
  }
}

/** @param {string} file @param {NodeJS.ProcessEnv} env @param {ReadonlyArray<string>} args */
const run = (file, env, args = []) => {
  const child = spawn(process.execPath, [join(example, file), ...args], { env: { ...process.env, ...env } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return { child, ended, output: () => output }
}

/** A wait that keeps nobody up. @param {number} millis */
const atMost = (millis) => sleep(millis, undefined, { ref: false })

/** @typedef {import('segment-marketo/simulator-server').ServedCall} ServedCall */

/** The most calls that any window of this length holds. @param {ReadonlyArray<ServedCall>} calls @param {number} millis */
const mostIn = (calls, millis) => {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b)
  let [first, most] = [0, 0]
  times.forEach((at, i) => {
    while (at - (times[first] ?? 0) >= millis) first += 1
    most = Math.max(most, i - first + 1)
  })
  return most
}

/** @param {ReadonlyArray<number>} numbers */
const isRising = (numbers) => numbers.every((n, i) => i === 0 || n > (numbers[i - 1] ?? 0))

const chaos = async () => {
  const random = seeded(seed)
  const { redis, socket, folder, stop } = await startRedis(redisServer)
  /** @type {Array<ServedCall>} */
  const log = []
  const faults = /** @type {const} */ ([
    'timeout-before',
    'timeout-after',
    '502',
    '611',
    '713',
    'expired-token',
    'skip-record'
  ])
  const server = await startSimulatorServer(
    {
      ...{ ...marketo, seed, callsPerWindow: callsPerWindow + 10, runningCalls: 2 * runningCalls },
      faults: [
        ...faults.map((kind) => ({ at: { probability: 0.02 }, kind })),
        ...faults.map((kind, i) => ({ at: { call: 10 + 5 * i }, kind }))
      ]
    },
    { delayMillis: 80, onCall: (call) => log.push(call) }
  )
  const events = crowd(seed, 60, 1_100)
  const [settingsFile, eventsFile] = [join(folder, 'settings.json'), join(folder, 'events.ndjson')]
  writeFileSync(settingsFile, JSON.stringify(settings))
  writeFileSync(eventsFile, events.map(({ line }) => `${line}\n`).join(''))
  const env = {
    ...{ REDIS: socket, SETTINGS: settingsFile, MARKETO_ORIGIN: server.origin, PARTITIONS: '4', BATCH: '50' },
    ...{
      LOCK_MILLIS: '1500',
      CALL_MILLIS: '1500',
      SEND_MILLIS: '1000',
      CALLS_PER_WINDOW: `${callsPerWindow}`,
      RUNNING_CALLS: `${runningCalls}`
    }
  }
  let started = 0
  const startWorker = () => run('worker.mjs', { ...env, WORKER: `worker ${(started += 1)}` })
  const workers = Array.from({ length: workerCount }, startWorker)
  const verdictsKey = `marketo:{${settings.munchkinId}}:verdicts`

  // A producer that dies half way, and another one that begins again.
  const first = run('produce.mjs', { ...env, BATCH: '20' }, [eventsFile])
  while ((await redis.keys('bull:marketo-*:wait')).length < 4) await sleep(5)
  first.child.kill('SIGKILL')
  const producing = run('produce.mjs', env, [eventsFile])

  let [kills, drops] = [0, 0]
  /** When paused workers went on. @type {Array<number>} */
  const wakings = []
  const deadline = performance.now() + 120_000
  const isDone = async () => (await redis.hlen(verdictsKey)) >= events.length
  while (!(await isDone()) && performance.now() < deadline) {
    await sleep(400 + random() * 800)
    const [at, dice] = [Math.floor(random() * workerCount), random()]
    const { child } = workers[at] ?? first
    if (kills < killsWanted && dice < 0.5) {
      child.kill('SIGKILL')
      workers[at] = startWorker()
      kills += 1
    } else if (wakings.length < pausesWanted && dice < 0.7) {
      // So long that it is taken for dead. It wakes up believing that its jobs are its own.
      child.kill('SIGSTOP')
      wakings.push(Date.now() + pauseMillis)
      setTimeout(() => child.kill('SIGCONT'), pauseMillis)
    } else if (drops < 2 * killsWanted) {
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
      drops += 1
    }
  }
  await producing.ended
  const verdicts = await redis.hgetall(verdictsKey)
  const letters = (await redis.lrange(`marketo:{${settings.munchkinId}}:dead`, 0, -1)).map((text) => JSON.parse(text))
  for (const { child } of workers) child.kill('SIGTERM')
  await Promise.race([Promise.all(workers.map(({ ended }) => ended)), atMost(10_000)])
  const isStopped = workers.every(({ child }) => child.exitCode === 0)
  for (const { child } of workers) child.kill('SIGKILL')
  await server.close()
  await stop()

  const state = server.state()
  const rest = log.filter(({ request }) => request.host === 'rest')
  const endOf = (/** @type {{ id: string }} */ { id }) => verdicts[id]
  const says = workers.map(({ output }) => output()).join('')

  it('every event has its verdict', () => {
    same(
      events.filter((event) => endOf(event) === undefined).map(({ id }) => id),
      [],
      says
    )
    same(Object.keys(verdicts).length, events.length)
    same(new Set(events.filter(({ kind }) => kind === 'unmapped').map(endOf)), new Set(['skipped']))
    same(new Set(events.filter(({ kind }) => kind === 'broken').map(endOf)), new Set(['invalid']))
    ok(events.filter((event) => endOf(event) === 'delivered').length > events.length * 0.6, 'most events are lost')
  })

  it('every event that did not get through is a dead letter, once, with its reason', () => {
    const dead = Object.entries(verdicts).filter(([, end]) => end !== 'delivered' && end !== 'skipped')
    same(letters.map(({ id }) => id).sort(), dead.map(([id]) => id).sort())
    ok(letters.every(({ event, why }) => event !== null && why.length > 0))
  })

  const leadOf = new Map(leadsIn(state).map(({ id, fields }) => [id, String(fields.email)]))
  const steps = activitiesIn(state).map(
    ({ leadId, primaryAttributeValue }) => `${leadOf.get(leadId)} ${primaryAttributeValue}`
  )
  const stepOf = (/** @type {{ person: number, n: number }} */ { person, n }) => `p${person}@corp.test ${n}`

  it('what was delivered is there once, what is unknown at most once, and nothing else is', () => {
    // Of an event that became two intents, one may have been refused and the other not.
    const mayBeThere = new Set(['unknown', 'refused'])
    const tracks = events.filter(({ kind }) => kind === 'track')
    const countOf = (/** @type {typeof tracks[number]} */ event) =>
      steps.filter((step) => step === stepOf(event)).length
    for (const event of tracks) {
      const count = countOf(event)
      const end = endOf(event)
      ok(
        end === 'delivered' ? count === 1 : mayBeThere.has(String(end)) ? count <= 1 : count === 0,
        `${event.id} ${end}: ${count} times`
      )
    }
    same(steps.length, new Set(steps).size)
    const known = new Set(tracks.map(stepOf))
    ok(steps.every((step) => known.has(step)))
  })

  it('every person is one lead, as the last identify call that was delivered says', () => {
    same(new Set(leadOf.values()).size, leadOf.size)
    for (const { fields } of leadsIn(state)) {
      const own = events.filter(({ person, kind }) => kind === 'identify' && `p${person}@corp.test` === fields.email)
      const endsOf = (/** @type {string} */ wanted) => own.filter((event) => endOf(event) === wanted).map(({ n }) => n)
      const last = Math.max(...endsOf('delivered'))
      // One of which nobody knows may have come after.
      ok([last, ...endsOf('unknown').filter((n) => n > last)].includes(Number(fields.count)), String(fields.email))
    }
  })

  it("each person's events took effect in their order", () => {
    for (const [id, email] of leadOf) {
      const counts = changesIn(state)
        .filter(({ leadId }) => leadId === id)
        .flatMap(({ fields }) => fields.filter(({ name }) => name === 'count').map(({ newValue }) => Number(newValue)))
      ok(isRising(counts), `${email}: count was ${counts}`)
      const own = steps.filter((step) => step.startsWith(`${email} `)).map((step) => Number(step.split(' ')[1]))
      ok(isRising(own), `${email}: steps were ${own}`)
    }
  })

  /** A worker that was frozen with a call on its lips says it when it thaws: that is what part of the limits is left free for. */
  const isLate = (/** @type {ServedCall} */ { at }) => wakings.some((woken) => at >= woken && at < woken + 1_000)
  const timely = rest.filter((call) => !isLate(call))

  it('no 20 seconds held more calls than all workers may make together', () => {
    // Two seconds for the way from a worker on a busy machine to Marketo, which nobody can promise.
    const most = mostIn(timely, windowMillis - 2_000)
    ok(most <= callsPerWindow, `${most} calls in 20 seconds`)
    // A very busy machine never comes near the limit; the store's own tests hold that the budget is one.
    if (most < callsPerWindow)
      console.log(`note: never more than ${most} calls of the ${callsPerWindow} that are allowed`)
  })

  it('no moment saw more calls at once than all workers may make together', () => {
    const most = Math.max(
      ...timely.map(({ at }) => timely.filter((other) => other.at <= at && at < other.endedAt).length)
    )
    ok(most <= runningCalls && most > 1, `${most} calls at once`)
  })

  it('Marketo never said that there were too many', () => {
    same(rest.filter(({ answer }) => /"6(06|07|15)"/.test(String(answer?.body))).length, 0)
  })

  it('the token was asked for by one for all', () => {
    const asked = log.filter(({ request }) => request.host === 'identity').length
    const troubles = log.filter(({ answer }) => answer === null || /"60[12]"/.test(String(answer.body))).length
    ok(asked <= 1 + troubles + kills, `${asked} calls for a token, ${troubles} troubles`)
    ok(asked < started * 4, `${asked} calls for a token by ${started} workers of 4 partitions`)
  })

  it('all of it happened: workers were killed, connections dropped, calls lost and refused', () => {
    ok(kills >= 5 && wakings.length >= 2 && drops >= 4, `${kills} kills, ${wakings.length} pauses, ${drops} drops`)
    ok(rest.filter(({ answer }) => answer === null).length > 0)
    ok(rest.filter(({ answer }) => String(answer?.body).includes('"success":false')).length > 0)
  })

  it('workers that are asked to stop do', () => ok(isStopped, says))

  const counts = Object.values(verdicts).reduce((so, end) => so.set(end, (so.get(end) ?? 0) + 1), new Map())
  console.log(
    `note: seed ${seed}: ${events.length} events, ${rest.length} calls, ${kills} workers killed, ${wakings.length} paused, ${drops} times all connections dropped`
  )
  console.log(`note: ${[...counts].map(([end, n]) => `${n} ${end}`).join(', ')}`)
}

/** A port that nobody listens at. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** The commands of the example's README, one after another. */
const asTheReadmeSays = async () => {
  const { socket, stop } = await startRedis(redisServer)
  const env = { REDIS: socket, MARKETO_ORIGIN: `http://127.0.0.1:${await freePort()}` }
  const events = [join(root, 'docs/examples/events.ndjson')]
  /** @param {string} file @param {ReadonlyArray<string>} args */
  const told = async (file, args) => {
    const { ended, output } = run(file, env, args)
    await ended
    return output()
  }
  const running = [run('marketo.mjs', env), run('worker.mjs', env), run('worker.mjs', env)]
  const produced = await told('produce.mjs', events)
  let report = ''
  for (let tries = 0; tries < 40 && !report.startsWith(said); tries += 1) {
    await sleep(200)
    report = await told('report.mjs', [])
  }
  const again = await told('report.mjs', ['--again'])
  const left = await told('report.mjs', [])
  for (const { child } of running) child.kill('SIGINT')
  await Promise.race([Promise.all(running.map(({ ended }) => ended)), atMost(5_000)])
  const isStopped = running.every(({ child }) => child.exitCode === 0)
  for (const { child } of running) child.kill('SIGKILL')
  await stop()

  it('the commands of the README do what it says', () => {
    same(produced.trim(), '55 events in 4 jobs')
    ok(readFileSync(join(example, 'README.md'), 'utf8').includes(`# ${said}, and the dead letters`))
    same(report.split('\n')[0], said, running.map(({ output }) => output()).join(''))
    same(report.trim().split('\n').length, 1 + 10)
    same(again.trim().split('\n').length, 10)
    same(left.trim(), '{ delivered: 32, skipped: 13 }')
    ok(isStopped, 'somebody did not stop')
  })
}

const said = '{ delivered: 32, invalid: 10, skipped: 13 }'

const stores = async () => {
  const { redis, stop } = await startRedis(redisServer)
  for (const [says, tryOut] of storeTests) {
    await redis.flushall()
    const fault = await tryOut(redis).then(
      () => undefined,
      (error) => error
    )
    it(says, () => {
      if (fault !== undefined) throw fault
    })
  }
  await stop()
}

/** In a process of its own: it would hold up the simulator. */
const types = async () => {
  const { ended, output } = run('../../../test/tools/bullmq/types.mjs', {})
  await ended
  it('the example has the types that it says', () => same(output(), ''))
}

await stores()
await Promise.all([chaos(), asTheReadmeSays(), types()])
console.log(`bullmq: ${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
