import { describe, expect, it } from 'vitest'
import * as limits from '../../src/marketo/limits.js'

/** Every number in a group, with its name. */
const numbers = Object.entries(limits).flatMap(([group, members]) =>
  typeof members === 'string'
    ? []
    : Object.entries(members).map(([name, value]) => [`${group}.${name}`, value] as const)
)

describe('the limits', () => {
  it.each(numbers)('%s is a whole number above zero', (_, value) => {
    expect(Number.isSafeInteger(value) && value > 0).toBe(true)
  })

  it('are as Adobe prints them', () => {
    expect(Object.fromEntries(numbers)).toMatchObject({
      'callLimits.callsPerDay': 50_000,
      'callLimits.leastCallsPerDay': 10_000,
      'callLimits.callsPerWindow': 100,
      'callLimits.windowMillis': 20_000,
      'callLimits.runningCalls': 10,
      'advisedShare.callsPerWindow': 50,
      'advisedShare.runningCalls': 5,
      'batchLimits.leadDatabase': 300,
      'batchLimits.requestCampaignLeads': 100,
      'batchLimits.requestCampaignTokens': 100,
      'batchLimits.mergeLosers': 25,
      'batchLimits.submitForm': 1,
      'batchLimits.associateLead': 1,
      'batchLimits.dataIngestion': 1_000,
      'queryLimits.filterValues': 300,
      'queryLimits.leadsFound': 1_000,
      'queryLimits.activityLeadIds': 30,
      'queryLimits.activityTypeIds': 10,
      'queryLimits.assetPage': 200,
      'queryLimits.assetPageDefault': 20,
      'queryLimits.assetV2Page': 50,
      'byteLimits.body': 1_000_000,
      'byteLimits.dataIngestionBody': 1_000_000,
      'byteLimits.importFile': 10_000_000,
      'byteLimits.uri': 8_000,
      'byteLimits.assetUri': 65_000,
      'byteLimits.activityAttributes': 65_536,
      'byteLimits.compressionBegins': 1_024,
      'valueLimits.characters': 255,
      'valueLimits.textBytes': 30_000,
      'definitionLimits.customActivityTypes': 10,
      'definitionLimits.customActivityAttributes': 20,
      'definitionLimits.customObjectTypes': 10,
      'definitionLimits.customObjectFields': 50,
      'definitionLimits.leadFields': 100,
      'bulkLimits.runningJobs': 2,
      'bulkLimits.queuedJobs': 10,
      'bulkLimits.extractBytesPerDay': 500_000_000,
      'scheduleLimits.clonesPerDay': 20,
      'dataIngestionLimits.requestsPerSecond': 5_000,
      'dataIngestionLimits.objectsPerDay': 10_000_000,
      'timeoutSeconds.syncLeads': 90,
      'timeoutSeconds.pushLeads': 90,
      'timeoutSeconds.getLeadsByFilter': 60,
      'timeoutSeconds.getLeadsByList': 60,
      'timeoutSeconds.associateLead': 60,
      'timeoutSeconds.updateLeadPartition': 60,
      'timeoutSeconds.mergeLeads': 180,
      'timeoutSeconds.otherLeads': 30,
      'timeoutSeconds.addCustomActivities': 90,
      'timeoutSeconds.getPagingToken': 300,
      'timeoutSeconds.otherActivities': 30,
      'timeoutSeconds.syncCompanies': 60,
      'timeoutSeconds.deleteCompanies': 60,
      'timeoutSeconds.otherCompanies': 30,
      'timeoutSeconds.syncCustomObjects': 120,
      'timeoutSeconds.deleteCustomObjects': 60,
      'timeoutSeconds.otherCustomObjects': 30,
      'timeoutSeconds.assets': 300
    })
  })

  it('of TLS is 1.2', () => {
    expect(limits.leastTls).toBe('1.2')
  })

  it('ask no more of an integration than an instance has', () => {
    expect(limits.advisedShare.callsPerWindow).toBeLessThan(limits.callLimits.callsPerWindow)
    expect(limits.advisedShare.runningCalls).toBeLessThan(limits.callLimits.runningCalls)
    expect(limits.callLimits.leastCallsPerDay).toBeLessThan(limits.callLimits.callsPerDay)
  })
})
