// @ts-check
/**
 * Type-checks files in this process. Several programs in one process share the parsed library files, which is most of
 * what a small program costs.
 */
import { relative } from 'node:path'
import ts from 'typescript'

/** What a careful consumer sets. `skipLibCheck: false` is the point: it is what makes our own declarations be read. */
export const consumerOptions = {
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  types: ['node']
}

/** @type {Map<string, ts.SourceFile | undefined>} */
const parsedLibraries = new Map()

/** @param {ts.CompilerOptions} options */
const sharingHost = (options) => {
  const host = ts.createCompilerHost(options)
  const parse = host.getSourceFile.bind(host)
  host.getSourceFile = (name, languageVersion, ...rest) => {
    // Only TypeScript's own files: how any other file is parsed depends on the module mode of the program.
    if (!/[\\/]typescript[\\/]lib[\\/]lib\.[^\\/]*$/.test(name)) return parse(name, languageVersion, ...rest)
    const known = parsedLibraries.get(name) ?? parse(name, languageVersion, ...rest)
    parsedLibraries.set(name, known)
    return known
  }
  return host
}

/**
 * One complaint of the compiler; the line counts from 1.
 *
 * @typedef {object} Complaint
 * @property {string} file
 * @property {number} line
 * @property {string} message
 */

/** @param {ts.Diagnostic} diagnostic @returns {Complaint} */
const complaintOf = ({ file, start, code, messageText }) => ({
  file: file?.fileName ?? '',
  line: file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1,
  message: `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n  ')}`
})

/**
 * Everything the compiler has against these files.
 *
 * @param {ReadonlyArray<string>} files
 * @param {ts.CompilerOptions} options
 * @returns {ReadonlyArray<Complaint>}
 */
export const complaintsAbout = (files, options) => {
  const program = ts.createProgram([...files], options, sharingHost(options))
  return ts.getPreEmitDiagnostics(program).map(complaintOf)
}

/** @param {string} from the folder that file names are shown relative to */
export const showComplaint =
  (from) =>
  /** @param {Complaint} complaint */
  ({ file, line, message }) =>
    file === '' ? message : `${relative(from, file)}:${line} ${message}`
