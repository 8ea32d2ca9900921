// @ts-check
/**
 * The reference pages, by typedoc, from the entry points of package.json.
 *
 *     node test/tools/docs.mjs           writes them to site/
 *     node test/tools/docs.mjs --check   writes them away, and fails on any warning
 *
 * docs/typedoc.json leaves two checks off: `notDocumented`, because a codec and its type share one comment (the
 * architecture test knows that), and compiler errors, because the types gate has them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application } from 'typedoc'
import { entries, root } from './project.mjs'

/** @param {string | undefined} out */
const write = async (out) => {
  const app = await Application.bootstrapWithPlugins({
    options: join(root, 'docs', 'typedoc.json'),
    entryPoints: entries.map(({ source }) => join(root, source)),
    ...(out === undefined ? {} : { out }),
    // A front page is not there from the first day on.
    ...(existsSync(join(root, 'README.md')) ? {} : { readme: 'none' })
  })
  const project = await app.convert()
  if (project === undefined) return false
  app.validate(project)
  await app.generateOutputs(project)
  return !app.logger.hasErrors() && !app.logger.hasWarnings()
}

if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(tmpdir(), 'typedoc-'))
  try {
    process.exitCode = (await write(folder)) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
} else process.exitCode = (await write(undefined)) ? 0 : 1
