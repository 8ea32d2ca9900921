/**
 * SHA-256 in few bytes, for the one file that is pasted: the package's own digest is three times as long.
 *
 * The build puts it in the place of `@noble/hashes` there, and nowhere else; a test compares the two.
 *
 * Source: NIST FIPS 180-4.
 *
 * @module
 */

const constants =
  '428a2f9871374491b5c0fbcfe9b5dba53956c25b59f111f1923f82a4ab1c5ed5d807aa9812835b01243185be550c7dc372be5d7480deb1fe9bdc06a7c19bf174' +
  'e49b69c1efbe47860fc19dc6240ca1cc2de92c6f4a7484aa5cb0a9dc76f988da983e5152a831c66db00327c8bf597fc7c6e00bf3d5a7914706ca635114292967' +
  '27b70a852e1b21384d2c6dfc53380d13650a7354766a0abb81c2c92e92722c85a2bfe8a1a81a664bc24b8b70c76c51a3d192e819d6990624f40e3585106aa070' +
  '19a4c1161e376c082748774c34b0bcb5391c0cb34ed8aa4a5b9cca4f682e6ff3748f82ee78a5636f84c878148cc7020890befffaa4506cebbef9a3f7c67178f2'

const start = '6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19'

const wordsOf = (hex: string): Int32Array =>
  Int32Array.from({ length: hex.length / 8 }, (_, i) => Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16) | 0)

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The message with its one, its noughts and its length behind it. */
const padded = (bytes: Uint8Array): DataView => {
  const all = new Uint8Array(((bytes.length + 72) >> 6) << 6)
  all.set(bytes)
  all[bytes.length] = 0x80
  const view = new DataView(all.buffer)
  view.setUint32(all.length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(all.length - 4, bytes.length << 3)
  return view
}

const at = (words: Int32Array, i: number): number => words[i] ?? 0

const schedule = (view: DataView, from: number): Int32Array => {
  const w = new Int32Array(64)
  for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(from + i * 4)
  for (let i = 16; i < 64; i += 1) {
    const [a, b] = [at(w, i - 15), at(w, i - 2)]
    const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)
    const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10)
    w[i] = at(w, i - 16) + s0 + at(w, i - 7) + s1
  }
  return w
}

/** The digest of bytes. @internal */
export const sha256 = (bytes: Uint8Array): Uint8Array => {
  const [k, state, view] = [wordsOf(constants), wordsOf(start), padded(bytes)]
  for (let from = 0; from < view.byteLength; from += 64) {
    const w = schedule(view, from)
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i += 1) {
      const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(w, i)) | 0
      const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => {
      state[i] = at(state, i) + word
    })
  }
  const out = new DataView(new ArrayBuffer(32))
  state.forEach((word, i) => {
    out.setInt32(i * 4, word)
  })
  return new Uint8Array(out.buffer)
}

/** Bytes as hexadecimal digits. @internal */
export const bytesToHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
