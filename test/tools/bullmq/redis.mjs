// @ts-check
/**
 * A Redis of our own for as long as a test takes: on a socket in a folder of its own, keeping nothing.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** @param {string} program @returns {Promise<{ socket: string, redis: Redis, folder: string, stop: () => Promise<void> }>} */
export const startRedis = async (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'segment-marketo-'))
  const socket = join(folder, 'redis')
  const server = spawn(
    program,
    ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' }
  )
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const redis = new Redis(socket, { maxRetriesPerRequest: null, retryStrategy: () => 20 })
  redis.on('error', () => {})
  await redis.ping()
  return {
    socket,
    redis,
    folder,
    stop: async () => {
      redis.disconnect()
      server.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
