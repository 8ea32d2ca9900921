// @ts-check
/**
 * A Marketo to try it with: the simulator on this machine, with the fields and activity types of the settings: `node marketo.mjs`.
 *
 * @module
 */
import { callsIn, leadsIn } from 'segment-marketo/simulator'
import { startSimulatorServer } from 'segment-marketo/simulator-server'
import { config, settings } from './config.mjs'

const ids = [
  { name: 'userId', type: /** @type {const} */ ('string') },
  { name: 'anonymousId', type: /** @type {const} */ ('string') }
]
const server = await startSimulatorServer(
  {
    munchkinId: config.munchkinId,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    customFields: [...ids, ...settings.traits.map(({ field, type }) => ({ name: field, type }))],
    activityTypes: settings.events.map(({ activityTypeId, attributes }) => ({
      id: activityTypeId,
      primaryAttribute: { apiName: attributes.find(({ primary }) => primary)?.attribute ?? 'name', dataType: 'string' },
      attributes: attributes
        .filter(({ primary }) => !primary)
        .map(({ attribute, type }) => ({ apiName: attribute, dataType: type }))
    }))
  },
  { port: Number(new URL(config.origin).port) }
)
console.log(`Marketo listens at ${server.origin}`)

process.on('SIGINT', async () => {
  const { quota } = callsIn(server.state())
  console.log(`${leadsIn(server.state()).length} leads, ${quota.used} calls`)
  await server.close()
})
