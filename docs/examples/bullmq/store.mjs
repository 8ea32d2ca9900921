// @ts-check
/**
 * What workers share through Redis.
 *
 *     partition   owner · version · what is under way there (the delivery and its open events), as JSON
 *     budget      version · the budget of the instance, as JSON: calls of the last 20 seconds, running calls, calls of the day
 *     verdicts    event id → what became of it; written once
 *     dead        events that did not get through, with the reason
 *     token       the access token, for as long as it lives
 *
 * A step of a delivery is a pure function of the partition's state and the budget. So a worker reads both, computes, and stores both by
 * one script, if the partition is still its own and nobody else has spent of the budget meanwhile; else it computes once more.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'

/** @typedef {import('segment-marketo/pace').BudgetState} BudgetState */
/** @typedef {{ readonly id: string, readonly end: string, readonly isDead: boolean, readonly letter: object }} Verdict */

/** Redis' own clock: machines that disagree about the time would not share 20 seconds. */
const time = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
`

/** Makes the partition its caller's, whoever had it. */
const claim = `${time}
redis.call('HSET', KEYS[1], 'owner', ARGV[1])
return { now, redis.call('HGET', KEYS[1], 'doc') }`

const readBudget = `${time}
local told = redis.call('HMGET', KEYS[1], 'version', 'budget')
return { now, told[1] or '', told[2], redis.call('HGET', KEYS[2], 'owner') }`

/**
 * Stores a step. A connection may break behind the script and before its answer, and the command is sent again: the version says that it
 * was done already.
 */
const commit = `
if redis.call('HGET', KEYS[1], 'version') == ARGV[2] then return 'done' end
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 'lost' end
if (redis.call('HGET', KEYS[2], 'version') or '') ~= ARGV[3] then return 'busy' end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'doc', ARGV[4])
redis.call('HSET', KEYS[2], 'version', ARGV[2], 'budget', ARGV[5])
for i = 6, #ARGV, 3 do
  if redis.call('HSETNX', KEYS[3], ARGV[i], ARGV[i + 1]) == 1 and ARGV[i + 2] ~= '' then
    redis.call('RPUSH', KEYS[4], ARGV[i + 2])
  end
end
return 'done'`

const forget = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/** @param {import('ioredis').Redis} redis @param {string} munchkinId */
export const openStore = (redis, munchkinId) => {
  // In braces: all keys of an instance lie on one node of a cluster, as a script needs them.
  const prefix = `marketo:{${munchkinId}}`
  const keys = {
    budget: `${prefix}:budget`,
    verdicts: `${prefix}:verdicts`,
    dead: `${prefix}:dead`,
    token: `${prefix}:token`,
    asking: `${prefix}:token:asking`
  }
  /** @param {number} partition */
  const keyOf = (partition) => `${prefix}:partition:${partition}`
  return {
    /** What is under way in a partition, which is ours from here on. @param {number} partition @param {string} owner */
    claim: async (partition, owner) => {
      const [now, doc] = /** @type {[number, string | null]} */ (await redis.eval(claim, 1, keyOf(partition), owner))
      return { now, doc: doc === null ? null : JSON.parse(doc) }
    },

    /**
     * The budget, and who has the partition.
     *
     * @param {number} partition
     * @returns {Promise<{ now: number, version: string, budget: BudgetState | null, owner: string }>}
     */
    read: async (partition) => {
      const [now, version, text, owner] = /** @type {[number, string, string | null, string]} */ (
        await redis.eval(readBudget, 2, keys.budget, keyOf(partition))
      )
      return { now, version, budget: text === null ? null : JSON.parse(text), owner }
    },

    /**
     * `lost` says that another worker has taken the partition over, `busy` that another one has changed the budget.
     *
     * @param {{ partition: number, owner: string, seen: string, doc: object, budget: BudgetState, verdicts: ReadonlyArray<Verdict> }} step
     */
    commit: async ({ partition, owner, seen, doc, budget, verdicts }) => {
      const told = verdicts.flatMap(({ id, end, isDead, letter }) => [id, end, isDead ? JSON.stringify(letter) : ''])
      const args = [owner, randomUUID(), seen, JSON.stringify(doc), JSON.stringify(budget), ...told]
      return String(await redis.eval(commit, 4, keyOf(partition), keys.budget, keys.verdicts, keys.dead, ...args))
    },

    /** Which of these events have their verdict. @param {ReadonlyArray<string>} ids @returns {Promise<ReadonlySet<string>>} */
    ended: async (ids) => {
      const told = ids.length === 0 ? [] : await redis.hmget(keys.verdicts, ...ids)
      return new Set(ids.filter((_, i) => told[i] !== null))
    },

    verdicts: () => redis.hgetall(keys.verdicts),

    /** @returns {Promise<ReadonlyArray<{ id: string, event: unknown, why: unknown }>>} */
    dead: async () => (await redis.lrange(keys.dead, 0, -1)).map((text) => JSON.parse(text)),

    /** Takes the dead letters out, and lets their events be delivered again. */
    revive: async () => {
      const letters = (await redis.lrange(keys.dead, 0, -1)).map((text) => JSON.parse(text))
      if (letters.length > 0) await redis.hdel(keys.verdicts, ...letters.map(({ id }) => String(id)))
      await redis.ltrim(keys.dead, letters.length, -1)
      return letters
    },

    /** The token that all share, and the milliseconds that it still lives; undefined when there is none. */
    token: async () => {
      const [text, life] = await Promise.all([redis.get(keys.token), redis.pttl(keys.token)])
      return text === null || life <= 0 ? undefined : { text, life }
    },
    /** @param {string} text @param {number} life */
    keepToken: async (text, life) => void (life > 0 && (await redis.set(keys.token, text, 'PX', life))),
    /** Marketo refuses this token; another may be there already. @param {string} text */
    forgetToken: (text) => redis.eval(forget, 1, keys.token, text),
    /** Whether it is up to us to ask Marketo for a token, for so long. @param {string} name @param {number} millis */
    mayAsk: async (name, millis) => (await redis.set(keys.asking, name, 'PX', millis, 'NX')) !== null,
    /** @param {string} name */
    doneAsking: (name) => redis.eval(forget, 1, keys.asking, name)
  }
}

/** @typedef {ReturnType<typeof openStore>} Store */
