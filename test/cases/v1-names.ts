/**
 * Traits and the fields that v1's server writes them to; and event names and the addresses that they become.
 */
export interface NameCase {
  readonly name: string
  readonly source: string
  readonly input: string
  readonly expected: string
}

const one = (source: string, input: string, expected: string, name = input): NameCase => ({ name, source, input, expected })

const older = 'Segment "Marketo", older edition, Trait Naming'
const newer = 'Segment "Marketo Destination", Identify (server side), Custom Fields'
const inferred = 'the one rule that fits both editions'
const code = 'Segment marketo 2.0.2, its tests'

// biome-ignore format: table
export const fieldCases: ReadonlyArray<NameCase> = [
  one(older,    'email',                 'Email'),
  one(older,    'a field',               'AField'),
  one(older,    'companyDunsNumber',     'CompanyDunsNumber'),
  one(older,    'phone',                 'Phone'),
  one(newer,    'secondFavoriteColor',   'SecondFavoriteColor'),
  one(newer,    'second_favorite_color', 'Second_favorite_color'),
  one(newer,    'someTrait',             'SomeTrait'),
  one(inferred, 'SomeTrait',             'SomeTrait'),
  one(inferred, 'favoriteColor__c',      'FavoriteColor__c'),
  one(inferred, 'userID',                'UserID'),
  one(inferred, 'two  spaces here',      'TwoSpacesHere'),
  one(inferred, '  padded ',             'Padded'),
  one(inferred, 'user-id',               'User-id'),
  one(inferred, '2fast',                 '2fast'),
  one(inferred, 'über feld',             'ÜberFeld'),
  one(inferred, '',                      '',                    'nothing'),
  one(inferred, ' \t\u00a0',             '',                    'white space alone'),
  one(inferred, 'a\u00a0b\u3000c\td',    'ABCD',                'white space of every kind'),
  one(inferred, 'ß x',                   'SSX',                 'a letter that becomes two'),
  one(inferred, '\ud801\udc28x',         '\ud801\udc00x',       'a letter of two units'),
  one(inferred, 'Already named',         'AlreadyNamed'),
  one(inferred, '__proto__',             '__proto__')
]

// biome-ignore format: table
export const eventCases: ReadonlyArray<NameCase> = [
  one(code, 'some cool event',           '/event/some-cool-event'),
  one(code, 'event',                     '/event/event'),
  one(code, '/event/testing',            '/event/testing'),
  one(code, 'testing_a-page/inMarketo',  '/event/testing-a-page/inMarketo')
]
