/**
 * How the route of each v1 event stands, asked of the descriptors themselves.
 */
import { describeInBrowser } from '../../src/browser/describe.js'
import { describeSteps } from '../../src/endpoints/steps.js'
import type { Descriptor } from '../../src/intent/descriptor.js'
import { isBrowserIntent } from '../../src/intent/intent.js'
import type { Mapper } from '../../src/intent/mapped.js'
import { decodeSettings } from '../../src/v1/decode-settings.js'
import { browserMapper, mapper } from '../../src/v1/mapper.js'
import { code, table } from './markdown.js'

const cookie = 'id:561-HYG-937&token:_mch-example.com-1374552656411-90718'

const common = {
  userId: 'u1',
  timestamp: '2024-05-01T10:00:00Z',
  context: { Marketo: { marketoCookie: cookie } }
}

const events = [
  { type: 'identify', traits: { email: 'ana@example.com' }, ...common },
  { type: 'page', properties: { url: 'https://www.example.com/' }, ...common },
  { type: 'track', event: 'Trial Started', ...common }
]

/** The calls that one event comes to on this side. */
const descriptorsOf = (map: Mapper, event: unknown): ReadonlyArray<Descriptor> => {
  const verdict = map(event)
  if (verdict._tag === 'Left') return []
  const [first, ...rest] = verdict.right
  if (isBrowserIntent(first))
    return [first, ...rest]
      .filter(isBrowserIntent)
      .flatMap(describeInBrowser)
      .map(({ descriptor }) => descriptor)
  const steps = describeSteps(verdict.right)
  return steps._tag === 'Left' ? [] : steps.right.map(({ descriptor }) => descriptor)
}

const routeOf = (descriptor: Descriptor): string => {
  if (descriptor._tag === 'HttpRequest') return code(descriptor.endpoint)
  if (descriptor._tag === 'MunchkinCall') return `Munchkin ${code(String(descriptor.args[0]))}`
  return descriptor._tag === 'SignerRequest' ? 'your signer' : 'a hidden form'
}

const standing = ({ lifecycle }: Descriptor): ReadonlyArray<string> =>
  lifecycle.status === 'retired'
    ? [`retired, ${lifecycle.since}`, code(lifecycle.insteadUse)]
    : lifecycle.status === 'superseded'
      ? ['superseded', code(lifecycle.insteadUse)]
      : ['live', '']

/** A row for each call that an event of v1 comes to, on either side. */
export const drawLifecycle = (): string => {
  const settings = decodeSettings({ munchkinId: '561-HYG-937', projectId: 'p1' })
  if (settings._tag === 'Left') throw new Error('the settings of a drawing cannot be used')
  const sides = [
    ['server', mapper(settings.right)],
    ['browser', browserMapper(settings.right)]
  ] as const
  return table(
    ['Call', 'Side', 'Route', 'Stands', 'Instead'],
    events.flatMap((event) =>
      sides.flatMap(([side, map]) =>
        descriptorsOf(map, event).map((descriptor) => [event.type, side, routeOf(descriptor), ...standing(descriptor)])
      )
    )
  )
}
