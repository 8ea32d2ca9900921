/**
 * Emails that Munchkin's associateLead signs, and their signatures. The hashes were computed once by two implementations that are not
 * ours.
 */
export interface SignatureCase {
  readonly name: string
  readonly source: string
  readonly input: { readonly privateKey: string; readonly email: string }
  readonly expected: string
}

const source = 'Adobe blog, background form submission: SHA-1 of secret and email; computed with node and Python'

const row = (name: string, privateKey: string, email: string, expected: string): SignatureCase => ({
  name,
  source,
  input: { privateKey, email },
  expected
})

export const signatureCases: ReadonlyArray<SignatureCase> = [
  row('ASCII', 'fortesting', 'name@example.com', '6cf6ee588c0268fa802c6e32a21b902ef5ff1896'),
  row('capitals count', 'fortesting', 'Name@Example.com', 'dd6c2f1e1ae62bf20775cf84fad91b0f2ae50b29'),
  row('a blank counts', 'fortesting', ' name@example.com', '122a35464807652bab21f6d611a36d87f8399e14'),
  row('a plus sign is a plus sign', 'fortesting', 'tom+news@example.com', 'ef69446fc118481d332d0f20cc75f3ca7f73d7e4'),
  row('a long key', 'munchkin-api-private-key', 'tom@initech.com', '5ea3fc5980219be8f663dfbb0e995207f77ce52a'),
  row('a key that a URL would encode', 's3cr3t&=?', 'friends@segment.com', '83c62f55fafcdb7d6686aa2c5c7206050ed2b630'),
  row('a key beyond ASCII', 'cl\u00e9-priv\u00e9e', 'name@example.com', 'b8256ac0edd7ebb9362a57faae5723388b158cda'),
  row('an email beyond ASCII', 'fortesting', 'j\u00f6rg@ex\u00e4mple.de', '640faae9c3b96dab63489a82a294172198e08ec4'),
  row('nothing between key and email', 'ab', 'c@example.com', '760eab446d785ea63ad85b5ea6088e27b37f7546'),
  row('nothing between key and email, cut elsewhere', 'a', 'bc@example.com', '760eab446d785ea63ad85b5ea6088e27b37f7546'),
  row('an empty key', '', 'name@example.com', '9703026304af8692bdedd1f3a29d4ff19d01db4d')
]
