// @ts-check
/**
 * What the example keeps in Redis, tried without workers: the script that stores a step.
 */
import { ok, deepStrictEqual as same } from 'node:assert'
import { openStore } from '../../../docs/examples/bullmq/store.mjs'

const munchkinId = '561-HYG-937'

/** A budget that is nothing but a count: the store does not read it. @param {number} count @returns {any} */
const budgetOf = (count) => ({ count })

/** @param {string} id @param {boolean} isDead */
const verdict = (id, isDead) => ({ id, end: isDead ? 'refused' : 'delivered', isDead, letter: { id } })

/** A connection that breaks behind every script and before its answer, so that the script is sent again. @param {import('ioredis').Redis} redis */
const stammering = (redis) =>
  new Proxy(redis, {
    get: (target, name) => {
      if (name !== 'eval') return Reflect.get(target, name).bind(target)
      return async (/** @type {Parameters<typeof redis.eval>} */ ...args) => {
        await target.eval(...args)
        return target.eval(...args)
      }
    }
  })

/** @type {ReadonlyArray<readonly [says: string, run: (redis: import('ioredis').Redis) => Promise<void>]>} */
export const storeTests = [
  [
    'eight who spend of one budget at once lose no call of it',
    async (redis) => {
      const store = openStore(redis, munchkinId)
      let busy = 0
      const spend = async (/** @type {number} */ partition) => {
        await store.claim(partition, 'w')
        for (let spent = 0; spent < 25; ) {
          const { version, budget } = await store.read(partition)
          const count = budget === null ? 0 : Number(Reflect.get(budget, 'count'))
          const step = { partition, owner: 'w', seen: version, doc: {}, budget: budgetOf(count + 1), verdicts: [] }
          const told = await store.commit(step)
          if (told === 'done') spent += 1
          else busy += 1
        }
      }
      await Promise.all(Array.from({ length: 8 }, (_, partition) => spend(partition)))
      same((await store.read(0)).budget, budgetOf(200))
      ok(busy > 0, 'nobody was ever in the way of another')
    }
  ],
  [
    'a step is stored once, though its command was sent twice',
    async (redis) => {
      const store = openStore(stammering(redis), munchkinId)
      await store.claim(0, 'w')
      const { version } = await store.read(0)
      const verdicts = [verdict('m1', true), verdict('m2', false)]
      const step = { partition: 0, owner: 'w', seen: version, doc: { n: 1 }, budget: budgetOf(1), verdicts }
      same(await store.commit(step), 'done')
      same((await store.claim(0, 'w')).doc, { n: 1 })
      same(await store.verdicts(), { m1: 'refused', m2: 'delivered' })
      same((await store.dead()).length, 1)
    }
  ],
  [
    'who has lost the partition stores nothing',
    async (redis) => {
      const store = openStore(redis, munchkinId)
      await store.claim(0, 'first')
      const { version } = await store.read(0)
      await store.claim(0, 'second')
      const step = {
        partition: 0,
        owner: 'first',
        seen: version,
        doc: {},
        budget: budgetOf(1),
        verdicts: [verdict('m1', true)]
      }
      same(await store.commit(step), 'lost')
      same([await store.verdicts(), await store.dead(), (await store.read(0)).budget], [{}, [], null])
      same((await store.read(0)).owner, 'second')
    }
  ],
  [
    'a verdict stands: a second one changes nothing and writes no second letter',
    async (redis) => {
      const store = openStore(redis, munchkinId)
      await store.claim(0, 'w')
      for (const isDead of [true, false, true]) {
        const { version } = await store.read(0)
        const step = {
          partition: 0,
          owner: 'w',
          seen: version,
          doc: {},
          budget: budgetOf(1),
          verdicts: [verdict('m1', isDead)]
        }
        same(await store.commit(step), 'done')
      }
      same(await store.verdicts(), { m1: 'refused' })
      same((await store.dead()).length, 1)
      same([...(await store.ended(['m1', 'm2']))], ['m1'])
      same((await store.revive()).length, 1)
      same([await store.verdicts(), await store.dead()], [{}, []])
    }
  ],
  [
    'a token that was refused is forgotten, and no other',
    async (redis) => {
      const store = openStore(redis, munchkinId)
      await store.keepToken('old', 60_000)
      await store.forgetToken('older')
      same((await store.token())?.text, 'old')
      await store.forgetToken('old')
      same(await store.token(), undefined)
      same([await store.mayAsk('a', 60_000), await store.mayAsk('b', 60_000)], [true, false])
      await store.doneAsking('b')
      same(await store.mayAsk('b', 60_000), false)
      await store.doneAsking('a')
      same(await store.mayAsk('b', 60_000), true)
    }
  ]
]
