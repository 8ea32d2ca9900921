/**
 * Texts that Segment's own library takes for dates, and the instant each becomes; a text that it leaves alone is itself. `zone`: the
 * minutes east of UTC of the machine it runs on.
 */
export interface IsoDateCase {
  readonly name: string
  readonly source: string
  readonly input: { readonly text: string; readonly zone: number }
  readonly expected: string
}

const row = (vector: string, text: string, expected: string, name = text, zone = 0): IsoDateCase => ({
  name,
  source: `facade 3.4.10, ${vector}`,
  input: { text, zone },
  expected
})

export const isoDateCases: ReadonlyArray<IsoDateCase> = [
  row('isodateTraverse-229', '2024-01-02', '2024-01-02T00:00:00.000Z'),
  row('isodateTraverse-230', '2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'),
  row('isodateTraverse-231', '2024-01-02T03:04:05.678Z', '2024-01-02T03:04:05.678Z'),
  row('isodateTraverse-232', '2024-01-02T03:04:05.6789Z', '2024-01-02T03:04:05.678Z', 'fractions are cut'),
  row('isodateTraverse-233', '2024-01-02T03:04', '2024-01-02T03:04:00.000Z', 'no zone after T: UTC'),
  row('isodateTraverse-234', '2024-01-02T03:04:05', '2024-01-02T03:04:05.000Z', 'no zone after T: UTC, with seconds'),
  row('isodateTraverse-235', '2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z', 'a space: the machine’s zone'),
  row('isodateTraverse-235, elsewhere', '2024-01-02 03:04:05', '2024-01-02T02:04:05.000Z', 'a space: the machine’s zone, east', 60),
  row('isodateTraverse-235, elsewhere', '2024-01-02 03:04:05', '2024-01-02T11:04:05.000Z', 'a space: the machine’s zone, west', -480),
  row('isodateTraverse-233, elsewhere', '2024-01-02T03:04', '2024-01-02T03:04:00.000Z', 'no zone after T: UTC everywhere', 60),
  row('isodateTraverse-229, elsewhere', '2024-01-02', '2024-01-02T00:00:00.000Z', 'a day alone: UTC everywhere', 60),
  row('isodateTraverse-236', '2024-01-02T03:04:05-0800', '2024-01-02T11:04:05.000Z', 'an offset without a colon'),
  row('isodateTraverse-237', '2024-01-02T03:04:05+05:30', '2024-01-01T21:34:05.000Z', 'an offset with one'),
  row('isodateTraverse-238', '20240102', '20240102', 'without dashes'),
  row('isodateTraverse-239', '2024', '2024', 'a year'),
  row('isodateTraverse-240', '2024-13-45', '2025-02-14T00:00:00.000Z', 'an impossible day rolls over'),
  row('isodateTraverse-241', '555-555-5555', '555-555-5555', 'a phone number'),
  row('isodateTraverse-242', '2024-01-02 ', '2024-01-02 ', 'a blank behind'),
  row('isodateTraverse-243', '1234-56-78', '1238-10-17T00:00:00.000Z', 'an order number'),
  row('isodate', '2024-01-02T03:04:05+02', '2024-01-02T01:04:05.000Z', 'an offset of hours alone'),
  row('isodate', '2024-01-02T030405Z', '2024-01-02T03:04:05.000Z', 'a time without colons'),
  row('isodate', '2024-01-02T0304', '2024-01-02T03:04:00.000Z', 'a time without colons and seconds'),
  row('isodate', '2024-01-02T03:04:05.0123456789Z', '2024-01-02T03:04:05.012Z', 'a fraction of any length'),
  row('isodate', '2024-01-02T03:04:05,5Z', '2024-01-02T03:04:05.500Z', 'a fraction behind a comma'),
  row('isodate', '2024-01-02 03:04:05Z', '2024-01-02T02:04:05.000Z', 'a space: the machine’s zone, though UTC is written', 60),
  row('isodate', '2024-01-02 03:04:05-08:00', '2024-01-02T02:04:05.000Z', 'a space: the machine’s zone, though another is written', 60),
  row('isodate', '2024-01-02T03:04:05-08:00', '2024-01-02T11:04:05.000Z', 'an offset behind T is that of the text', 60),
  row('isodate', '2024-00-00', '2024-01-01T00:00:00.000Z', 'month and day 00'),
  row('isodate', 'x2024-01-02', 'x2024-01-02', 'a letter in front'),
  row('isodate', '2024-01-02T03', '2024-01-02T03', 'an hour without minutes'),
  row('isodate', '2024-01-02T03:04:05.', '2024-01-02T03:04:05.', 'a point without a fraction'),
  row('isodate', '2024-01-02T03:04:05z', '2024-01-02T03:04:05z', 'a small z'),
  row('isodate', '2024-01-02t03:04:05Z', '2024-01-02t03:04:05Z', 'a small t')
]
