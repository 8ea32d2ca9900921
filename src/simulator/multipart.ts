/**
 * The parts of a multipart body.
 *
 *     --boundary
 *     Content-Disposition: form-data; name="file"; filename="leads.csv"
 *
 *     email,firstName …
 *     --boundary--
 *
 * Source: RFC 7578, RFC 2046.
 *
 * @module
 */

const boundaryName = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i

/** Whether a content type is that of a form with files. @internal */
export const isMultipart = (contentType: string): boolean => /^multipart\/form-data\b/i.test(contentType)

const named = (head: string, name: string): boolean => head.toLowerCase().includes(`; name="${name}"`)

/** The text of the part with this name, or undefined where the body holds none, or is no such body. @internal */
export const partNamed = (contentType: string, body: string, name: string): string | undefined => {
  const [, quoted, plain] = boundaryName.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return undefined
  for (const part of `\r\n${body}`.split(`\r\n--${boundary}`).slice(1)) {
    const end = part.indexOf('\r\n\r\n')
    if (end >= 0 && named(part.slice(0, end), name)) return part.slice(end + 4)
  }
  return undefined
}
