/**
 * The schema of a source's settings, with the collections that a caller may define.
 *
 * @module
 */
import type { JsonObject } from '../../ground/json.js'
import { collections } from '../../source/collections.js'
import { columnTypes } from '../../source/define-readers.js'
import type { SourceSettings } from '../../source/settings.js'
import { munchkinId } from './contract-parts.js'
import {
  closed,
  flag,
  headed,
  listOf,
  mapOf,
  nonBlank,
  oneOf,
  orNull,
  schemaMember,
  shaped,
  told,
  whole
} from './parts.js'

const identifier = shaped('^[a-z][a-z0-9_]{0,62}$', 'Lower-case letters, digits and _, a letter first')

/** A list, or text with commas between the items. */
const listOrText = (items: JsonObject, text: JsonObject = { type: 'string' }): JsonObject => ({
  anyOf: [{ ...listOf(items), maxItems: 2_000 }, text]
})

const knownNames = collections.map(({ name }) => name)

const columnType = oneOf(columnTypes)

const typeSays = 'What kind of value the column holds; any unless given'

/** A name alone, or with the kind of its column. */
const named = (key: string, says: string, name: JsonObject): JsonObject => ({
  anyOf: [name, closed({ [key]: told(says, name), type: { ...told(typeSays, columnType), default: 'any' } }, [key])]
})

const member: JsonObject = { type: 'string', minLength: 1 }
const nested: JsonObject = { ...listOf(member), maxItems: 20 }
const place: JsonObject = { anyOf: [member, nested] }
const places: JsonObject = { anyOf: [member, { ...listOf(place), maxItems: 20 }] }

const lastly = closed(
  {
    from: told('Where the value stands', place),
    when: told('Where it stands what decides', place),
    is: told('The text that is to stand there', nonBlank)
  },
  ['from', 'when', 'is']
)

const column: JsonObject = {
  anyOf: [
    identifier,
    closed(
      {
        name: told('The column', identifier, ['updated_at']),
        type: told(typeSays, columnType),
        from: told(
          'The member of the record that the column holds, or several places, the first of which counts',
          places,
          ['updatedAt']
        ),
        says: told('What the column is about', { type: 'string' }),
        lastly: told('A value that counts where another member holds a text', lastly)
      },
      ['name']
    )
  ]
}

const queryText: JsonObject = { type: ['string', 'number'] }

const walk: JsonObject = {
  path: told(
    'The path of the call, with {id} where the parent’s id goes',
    { anyOf: [{ type: 'string', pattern: '^/?rest/.' }, listOf({ type: 'string' })] },
    ['/rest/v1/companies.json']
  ),
  query: told('The query of the call', { anyOf: [mapOf(queryText), listOf({ type: 'array' })] }, [
    { filterType: 'company', filterValues: 'Acme' }
  ]),
  parent: told('The collection whose ids the call is made with, one by one', orNull(identifier)),
  updated: told('Whether it can be asked for what changed since', flag)
}

const paging = told('How it is paged', oneOf(['token', 'offset', 'once']))
const head: JsonObject = {
  name: told('The table', identifier, ['companies']),
  says: told('What the table is about', { type: 'string' }),
  columns: told('The columns, id first', { ...listOf(column), minItems: 1, maxItems: 1_000 }, [['id', 'company']])
}

const finished = closed({ by: paging, endpoint: {}, ...walk }, ['by', 'path'])

const defined: JsonObject = {
  anyOf: [
    closed({ ...head, paging, ...walk }, ['name', 'path', 'paging', 'columns']),
    closed(
      {
        ...head,
        reads: told('How it is read', finished),
        otherwise: told('How it is read when Marketo no longer serves the first way', {
          anyOf: [finished, { type: ['null', 'string'], pattern: '^\\s*$' }]
        })
      },
      ['name', 'reads', 'columns']
    )
  ]
}

const members: Readonly<Record<keyof SourceSettings, JsonObject>> = {
  munchkinId: told('The Munchkin account id of the Marketo instance', munchkinId, ['561-HYG-937']),
  schemaName: {
    ...told(
      'The schema of the tables',
      shaped('^[A-Za-z_][A-Za-z0-9_]{0,62}$', 'Letters, digits and _, no digit first, at most 63')
    ),
    default: 'marketo'
  },
  activityTypeIds: {
    ...told(
      'The activity types whose activities become rows, by number',
      listOrText(whole(1, 2_147_483_647), { type: 'string', pattern: '^[\\s,\\d]*$' }),
      [[1, 2, 6, 10, 11]]
    ),
    default: []
  },
  customLeadFields: {
    ...told(
      'Lead fields that get a column of their own',
      listOrText(named('field', 'The lead field, by its REST name', shaped('^[^,\\s]{1,255}$', 'A REST name'))),
      [[{ field: 'leadScore', type: 'integer' }]]
    ),
    default: []
  },
  customActivityAttributes: {
    ...told(
      'Attributes of activities that get a column of their own',
      listOrText(named('attribute', 'The attribute, by its display name', { ...nonBlank, maxLength: 255 })),
      [[{ attribute: 'Plan', type: 'text' }]]
    ),
    default: []
  },
  dailyCallLimit: {
    ...told(
      'How many calls a day may be made; null for as many as Marketo allows',
      orNull(whole(1, 2 ** 53 - 1)),
      [10_000]
    ),
    default: null
  },
  collections: told(
    'The collections that are read; all unless given',
    listOrText({ anyOf: [oneOf(knownNames), identifier] })
  ),
  defined: { ...told('Collections of your own', { ...listOf(defined), maxItems: 100 }), default: [] }
}

/** Only names that are known, where no collection is defined. */
const knownOnly: JsonObject = {
  if: { not: { required: ['defined'] } },
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and no promise.
  then: { properties: { collections: listOrText(oneOf(knownNames)) } }
}

/** Settings of a source. @internal */
export const sourceSchema = (): JsonObject =>
  headed('Settings of a Marketo source', 'What is read of Marketo, and what its tables are called.', {
    ...closed({ ...schemaMember, ...members }, ['munchkinId']),
    ...knownOnly
  })
