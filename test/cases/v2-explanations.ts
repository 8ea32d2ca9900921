import type { MappingCase } from './v2-case.js'
export const explanationCases: ReadonlyArray<MappingCase> = []
