import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { drawFacade } from './draw-facade.js'
import type { FacadeCase } from './facade-answers.js'
import { differences, notRead } from './facade-differences.js'

const cases: ReadonlyArray<FacadeCase> = JSON.parse(
  readFileSync(new URL('../cases/facade-vectors.json', import.meta.url), 'utf8')
).cases

it('docs/facade.md is drawn from the tables', async () => {
  await expect(drawFacade(cases, differences, notRead)).toMatchFileSnapshot('../../docs/facade.md')
})
