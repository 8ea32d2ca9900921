// @ts-check
/** Packs the project and installs the tarball in an empty folder, as a consumer without network would. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../tools/project.mjs'

/** @param {string} cwd @param {ReadonlyArray<string>} args */
const npm = (cwd, args) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** A folder for this run alone, outside the project, so that nothing of the project is found by walking upwards. */
export const workshop = () => mkdtempSync(join(tmpdir(), 'packaging-'))

/**
 * @param {string} to
 * @returns {{ tarball: string, files: ReadonlyArray<string> }} the tarball's path and what lies in it
 */
export const pack = (to) => {
  const [packed] = JSON.parse(npm(root, ['pack', '--json', '--ignore-scripts', '--pack-destination', to]))
  return {
    tarball: join(to, packed.filename),
    files: packed.files.map((/** @type {{ path: string }} */ file) => file.path)
  }
}

/**
 * Installs the tarball and nothing else. `--legacy-peer-deps` leaves the peers alone altogether: they serve types only,
 * and looking them up would need a registry.
 *
 * @param {string} folder
 * @param {string} tarball
 */
export const install = (folder, tarball) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  npm(folder, [
    'install',
    '--offline',
    '--legacy-peer-deps',
    '--omit=peer',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    tarball
  ])
}

/** Adds packages of the project's own tree to a consumer's. @param {string} folder @param {ReadonlyArray<string>} names */
export const link = (folder, names) => {
  for (const name of names) {
    const place = join(folder, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), place)
  }
}
