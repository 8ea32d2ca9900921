/**
 * `completion`: the script that teaches a shell the program's commands.
 *
 * @module
 */
import { program } from '../arguments.js'
import type { CompletionRequest, Shell } from '../request.js'
import type { ExitCode, World } from '../world.js'
import { bashScript } from './bash.js'
import { fishScript } from './fish.js'
import { type CommandOutline, outlineOf } from './outline.js'
import { zshScript } from './zsh.js'

const scripts: Readonly<Record<Shell, (outline: CommandOutline) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript
}

/** Carries out `completion`. */
export const runCompletion = async ({ shell }: CompletionRequest, world: World): Promise<ExitCode> => {
  const script = scripts[shell](outlineOf(program()))
  world.out.write(world.json ? `${JSON.stringify({ shell, script })}\n` : script)
  return 0
}
