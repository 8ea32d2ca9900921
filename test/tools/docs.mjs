// @ts-check
/**
 * The reference site, by typedoc, from the entry points of package.json and the guides of docs/.
 *
 *     node test/tools/docs.mjs           writes it to site/, and fails on any warning
 *
 * docs/typedoc.json leaves two checks off: `notDocumented`, because a codec and its type share one comment (the
 * architecture test knows that), and compiler errors, because the types gate has them.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Application } from 'typedoc'
import { faultsOfGuides, folder, groups, guides } from './pages/guides.mjs'
import { entryGroup, furnish, headerLinks } from './pages/theme.mjs'
import { entries, root } from './project.mjs'

/** The playground has its own tool; a project without one has a site without one. */
const playground = join(root, 'test', 'tools', 'playground.mjs')
const hasPlayground = existsSync(playground)

/** @param {string} out */
const write = async (out) => {
  const app = await Application.bootstrapWithPlugins({
    options: join(folder, 'typedoc.json'),
    entryPoints: entries.map(({ source }) => join(root, source)),
    projectDocuments: guides.map(({ file }) => join(folder, file)),
    groupOrder: [...groups.map(({ title }) => title), entryGroup],
    navigationLinks: headerLinks(hasPlayground),
    out
  })
  furnish(app)
  const project = await app.convert()
  if (project === undefined) return false
  app.validate(project)
  await app.generateOutputs(project)
  if (hasPlayground) await (await import(playground)).buildPlayground(out)
  return !app.logger.hasErrors() && !app.logger.hasWarnings()
}

const faults = faultsOfGuides()
for (const fault of faults) console.log(fault)
const written = await write(join(root, 'site'))
process.exitCode = written && faults.length === 0 ? 0 : 1
