import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ran } from '../../src/adapters/page/ran.js'
import { type PageRunnerOptions, pageRunner } from '../../src/adapters/page/runner.js'
import type { PageResponse, PageWorld } from '../../src/adapters/page/world.js'
import { type BrowserCall, describeInBrowser } from '../../src/browser/describe.js'
import type { Json } from '../../src/ground/json.js'
import { type HiddenForm, live, type MunchkinCall } from '../../src/intent/descriptor.js'
import type { BrowserIntent } from '../../src/intent/intent.js'
import type { MunchkinId } from '../../src/marketo/munchkin-id.js'
import { hyg } from '../endpoints/reading.js'
import { answering, type FakePage, type FakePageOptions, fakePage, signature } from './page-world.js'

const host = '//app-ab00.marketo.com'
const munchkinScript = '//munchkin.marketo.net/munchkin.js'
const formsScript = `${host}/js/forms2/js/forms2.min.js`
const timeOut = 10_000

const callsOf = (...intents: ReadonlyArray<BrowserIntent>): ReadonlyArray<BrowserCall> =>
  intents.flatMap(describeInBrowser)

const start = (form = false, munchkinId: MunchkinId = hyg): ReadonlyArray<BrowserCall> =>
  callsOf({
    _tag: 'StartInBrowser',
    munchkinId,
    options: { asyncOnly: true },
    form: form ? { formId: 1001, hostUrl: host } : null
  })

const visit = (url: string): ReadonlyArray<BrowserCall> =>
  callsOf({ _tag: 'VisitPageInBrowser', munchkinId: hyg, url, params: 'a=b' })

const submit = (Email: string, formId = 1001): ReadonlyArray<BrowserCall> =>
  callsOf({ _tag: 'SubmitFormInBrowser', munchkinId: hyg, formId, fields: { Email } })

const associate = (email = 'name@example.com', signed = false): ReadonlyArray<BrowserCall> =>
  callsOf({
    _tag: 'AssociateLeadInBrowser',
    munchkinId: hyg,
    fields: { Email: email },
    signature: signed
      ? { _tag: 'Signed', signature }
      : {
          _tag: 'AskSigner',
          origin: 'https://signer.example.com',
          path: ['integrations', 'marketo', 'v1', 'p/1', email, 'hash']
        }
  })

const cookie: BrowserCall = {
  descriptor: { _tag: 'MunchkinCall', function: 'createTrackingCookie', args: [true], lifecycle: live },
  intents: [0],
  slots: []
}

const logged = {
  munchkin: ['script', munchkinScript],
  init: ['init', '561-HYG-937', { asyncOnly: true }],
  visit: (url: string) => ['munchkinFunction', 'visitWebPage', { url, params: 'a=b' }],
  forms: ['script', formsScript],
  form: ['form', 'mktoForm_1001'],
  load: ['loadForm', host, '561-HYG-937', 1001],
  stay: ['onSuccess', false],
  submit: (Email: string) => [
    ['addHiddenFields', { Email }],
    ['onSuccess', false],
    ['submit', 1001]
  ]
}

/** The word for a result: its reason, or that it ran. */
const word = (result: Ran): string => (result._tag === 'Ran' ? 'ran' : result.reason)

interface Running {
  readonly page: FakePage
  readonly words: Array<ReadonlyArray<string> | undefined>
}

/** Runs each list of calls, letting some time pass behind it. */
const running = async (
  page: FakePage,
  rounds: ReadonlyArray<readonly [calls: ReadonlyArray<BrowserCall>, milliseconds: number]>,
  options: PageRunnerOptions = {}
): Promise<Running> => {
  const { run } = pageRunner(page.world, options)
  const words: Array<ReadonlyArray<string> | undefined> = rounds.map(() => undefined)
  for (const [i, [calls, milliseconds]] of rounds.entries()) {
    run(calls).then((results) => {
      words[i] = results.map(word)
    })
    await page.pass(milliseconds)
  }
  return { page, words }
}

/** Runs these calls and lets all the time pass that any of them could wait. */
const ranIn = async (
  page: FakePage,
  calls: ReadonlyArray<BrowserCall>,
  options: PageRunnerOptions = {}
): Promise<ReadonlyArray<string> | undefined> => (await running(page, [[calls, 20 * timeOut]], options)).words[0]

describe('a page runner', () => {
  it('loads the scripts and makes the calls in order', async () => {
    const page = fakePage()
    expect(await ranIn(page, [...start(true), ...visit('/a'), ...submit('a@x.test'), cookie, ...visit('/b')])).toEqual(
      Array(6).fill('ran')
    )
    const { log } = page
    expect(log).toHaveLength(12)
    expect(log.filter(([name]) => ['init', 'munchkinFunction', 'createTrackingCookie'].includes(String(name)))).toEqual(
      [logged.init, logged.visit('/a'), ['createTrackingCookie', true], logged.visit('/b')]
    )
    expect(
      log.filter(([name]) => !['init', 'munchkinFunction', 'createTrackingCookie'].includes(String(name)))
    ).toEqual([logged.munchkin, logged.forms, logged.form, logged.load, logged.stay, ...logged.submit('a@x.test')])
  })

  it('keeps calls until the script has loaded', async () => {
    const page = fakePage({ munchkin: { after: 500 } })
    const { words } = await running(page, [
      [start(), 100],
      [visit('/a'), 100],
      [visit('/b'), 0]
    ])
    expect([words, page.log]).toEqual([[undefined, undefined, undefined], [logged.munchkin]])
    await page.pass(400)
    expect(words).toEqual([['ran'], ['ran'], ['ran']])
    expect(page.log).toEqual([logged.munchkin, logged.init, logged.visit('/a'), logged.visit('/b')])
  })

  it('keeps calls until init, which goes before them', async () => {
    const page = fakePage()
    const { words } = await running(page, [
      [[...visit('/a'), ...visit('/b')], timeOut - 1],
      [[...start(), ...visit('/c')], 0]
    ])
    await page.pass(0)
    expect(words).toEqual([
      ['ran', 'ran'],
      ['ran', 'ran']
    ])
    expect(page.log).toEqual([logged.munchkin, logged.init, logged.visit('/a'), logged.visit('/b'), logged.visit('/c')])
  })

  it('waits for an init that was asked for in time, however long its script takes', async () => {
    const page = fakePage({ munchkin: { after: timeOut - 1 } })
    const { words } = await running(page, [
      [visit('/a'), timeOut - 1],
      [start(), 2 * timeOut]
    ])
    expect(words).toEqual([['ran'], ['ran']])
  })

  it('does not keep calls for ever, and many no longer than one', async () => {
    const page = fakePage()
    const { words } = await running(page, [[[...visit('/a'), ...visit('/b'), ...visit('/c')], timeOut]])
    expect(words).toEqual([['not-started', 'not-started', 'not-started']])
    expect(page.log).toEqual([])
  })

  it('runs init once for each munchkin id', async () => {
    const other = callsOf({
      _tag: 'StartInBrowser',
      munchkinId: hyg,
      options: {},
      form: null
    }).map((call) => ({
      ...call,
      descriptor: {
        ...call.descriptor,
        _tag: 'MunchkinCall',
        function: 'init',
        args: ['111-AAA-222', {}],
        lifecycle: live
      }
    })) satisfies ReadonlyArray<BrowserCall>
    const page = fakePage()
    expect(await ranIn(page, [...start(), ...start(), ...visit('/a'), ...other, ...other, ...visit('/b')])).toEqual([
      'ran',
      'already-started',
      'ran',
      'ran',
      'already-started',
      'ran'
    ])
    expect(page.log).toEqual([
      logged.munchkin,
      logged.init,
      logged.visit('/a'),
      ['init', '111-AAA-222', {}],
      logged.visit('/b')
    ])
  })

  it('loads from another address when told to', async () => {
    const page = fakePage()
    await ranIn(page, start(), { munchkinScript: 'https://cdn.example.com/munchkin-copy' })
    expect(page.log).toEqual([['script', 'https://cdn.example.com/munchkin-copy'], logged.init])
  })

  it('hands the page copies: what it does to them, no descriptor feels', async () => {
    const calls = [...start(true), ...visit('/a'), ...submit('a@x.test')]
    const before = JSON.stringify(calls)
    const page = fakePage()
    await ranIn(page, calls)
    const spoil = (u: unknown): void => {
      if (typeof u !== 'object' || u === null) return
      for (const name of Object.keys(u)) Reflect.set(u, name, 'spoilt')
    }
    for (const entry of page.log) entry.forEach(spoil)
    expect(JSON.stringify(calls)).toBe(before)
  })

  it('knows the functions of old pages by their old names, all but the one that came later', async () => {
    const page = fakePage({ munchkin: 'fails' })
    page.globals.mktoMunchkin = (...args: ReadonlyArray<unknown>) => page.log.push(['mktoMunchkin', ...args])
    page.globals.mktoMunchkinFunction = (...args: ReadonlyArray<unknown>) => page.log.push(['old', ...args])
    expect(await ranIn(page, [...start(), ...visit('/a'), cookie], { scripts: 'page' })).toEqual([
      'ran',
      'ran',
      'unknown-call'
    ])
    expect(page.log).toEqual([
      ['mktoMunchkin', '561-HYG-937', { asyncOnly: true }],
      ['old', 'visitWebPage', { url: '/a', params: 'a=b' }]
    ])
  })

  it('takes no more calls than its queue holds, and takes more when it has room again', async () => {
    const page = fakePage()
    const { words } = await running(
      page,
      [
        [[...visit('/a'), ...visit('/b'), ...visit('/c')], 1],
        [start(), timeOut],
        [[...start(), ...visit('/d')], 1]
      ],
      { queueLimit: 2 }
    )
    expect(words).toEqual([['not-started', 'not-started', 'queue-full'], ['queue-full'], ['ran', 'ran']])
  })

  it('leaves no timer behind', async () => {
    const page = fakePage()
    await running(page, [[[...visit('/a'), ...submit('a@x.test'), ...start(true), ...associate()], 1]])
    expect(page.timers()).toBe(0)
  })
})

describe('scripts that do not come', () => {
  it.each<[string, FakePageOptions]>([
    ['refused', { munchkin: 'fails' }],
    ['answered with an empty one', { munchkin: 'empty' }],
    ['silently held back', { munchkin: 'never' }],
    ['too slow', { munchkin: { after: timeOut + 1 } }]
  ])('Munchkin %s: nothing runs, and each call says so', async (_, options) => {
    const page = fakePage(options)
    const { words } = await running(page, [[[...visit('/a'), ...start(), ...visit('/b'), ...associate()], timeOut]])
    expect(words).toEqual([['blocked', 'blocked', 'blocked', 'blocked', 'blocked']])
    expect(page.requests).toEqual([])
  })

  it.each<[string, FakePageOptions]>([
    ['refused', { forms: 'fails' }],
    ['answered with an empty one', { forms: 'empty' }],
    ['silently held back', { forms: 'never' }],
    ['loaded, but the form does not come', { form: 'never' }],
    ['loaded, but another form comes', { form: 'another' }]
  ])('Forms 2.0 %s: visits run all the same, and at once', async (_, options) => {
    const page = fakePage(options)
    const { words } = await running(page, [
      [[...start(true), ...submit('a@x.test')], 0],
      [visit('/a'), 0]
    ])
    await page.pass(0)
    expect(words[1]).toEqual(['ran'])
    await page.pass(timeOut)
    expect(words[0]).toEqual(['ran', 'blocked', 'blocked'])
    expect(page.log.some(([name]) => name === 'submit')).toBe(false)
  })

  it('a form that comes later than its load is not taken, nor filled', async () => {
    const page = fakePage({ form: { after: timeOut + 1 } })
    const { words } = await running(page, [[[...start(true), ...submit('a@x.test')], 2 * timeOut]])
    expect(words).toEqual([['ran', 'blocked', 'blocked']])
    expect(page.log.filter(([name]) => name === 'addHiddenFields')).toEqual([])
  })

  it('a second init has its chance when the script came late', async () => {
    const page = fakePage({ munchkin: { after: timeOut + 5 } })
    const { words } = await running(page, [
      [[...start(), ...visit('/a')], timeOut + 10],
      [[...start(), ...visit('/b')], 1]
    ])
    expect(words).toEqual([
      ['blocked', 'blocked'],
      ['ran', 'ran']
    ])
    expect(page.log).toEqual([logged.munchkin, logged.init, logged.visit('/b')])
  })

  it('a page that loads the scripts itself is waited for, and nothing is loaded', async () => {
    const page = fakePage({ munchkin: { after: 300 }, forms: { after: 400 } })
    for (const script of [munchkinScript, formsScript]) page.world.addScript(script, () => undefined)
    page.log.length = 0
    const { words } = await running(page, [[[...start(true), ...visit('/a')], 500]], { scripts: 'page' })
    expect(words).toEqual([['ran', 'ran', 'ran']])
    expect(page.log.filter(([name]) => name === 'script')).toEqual([])
    expect(page.log).toContainEqual(logged.init)
  })

  it('a page that should load the scripts and does not is not waited for for ever', async () => {
    const { words } = await running(fakePage(), [[[...start(true), ...visit('/a')], timeOut]], { scripts: 'page' })
    expect(words).toEqual([['blocked', 'blocked', 'blocked']])
  })
})

describe('a Munchkin that stands on the page already', () => {
  const standing = (page: FakePage) => page.world.addScript(munchkinScript, () => undefined)

  it('is reported, not started again, and used', async () => {
    const page = fakePage()
    standing(page)
    expect(await ranIn(page, [...start(), ...visit('/a'), ...start()])).toEqual([
      'already-on-page',
      'ran',
      'already-on-page'
    ])
    expect(page.log).toEqual([logged.munchkin, logged.visit('/a')])
  })

  it('is waited for when only its script tag is there', async () => {
    const page = fakePage({ munchkin: { after: 700 } })
    standing(page)
    const { words } = await running(page, [[[...start(), ...visit('/a')], 600]])
    expect(words).toEqual([undefined])
    await page.pass(200)
    expect(words).toEqual([['already-on-page', 'ran']])
    expect(page.log).toEqual([logged.munchkin, logged.visit('/a')])
  })

  it.each([
    'https://munchkin.marketo.net/munchkin.js',
    'https://munchkin.marketo.net/munchkin-beta.js?x=1',
    'https://cdn.example.com/lib/munchkin.js#x'
  ])('is known by its address %s', async (url) => {
    const page = fakePage()
    page.scriptUrls.push(url)
    const { words } = await running(page, [[start(), timeOut]])
    expect(words).toEqual([['blocked']])
    expect(page.log).toEqual([])
  })

  it.each([
    'https://example.com/not-munchkin.js',
    'https://example.com/munchkin.json',
    'https://example.com/munchkin.js/x',
    'https://example.com/xmunchkin.js'
  ])('is not taken for %s', async (url) => {
    const page = fakePage()
    page.scriptUrls.push(url)
    expect(await ranIn(page, start())).toEqual(['ran'])
  })

  it('is what the page was told to bring, with scripts: page, and is started', async () => {
    const page = fakePage()
    standing(page)
    expect(await ranIn(page, [...start(), ...visit('/a')], { scripts: 'page' })).toEqual(['ran', 'ran'])
    expect(page.log).toEqual([logged.munchkin, logged.init, logged.visit('/a')])
  })
})

describe('a hidden form', () => {
  it('is loaded once, and filled in as often as asked, in order', async () => {
    const page = fakePage()
    expect(await ranIn(page, [...start(true), ...submit('a@x.test'), ...start(true), ...submit('b@x.test')])).toEqual([
      'ran',
      'ran',
      'ran',
      'already-started',
      'already-started',
      'ran'
    ])
    expect(page.log.filter(([name]) => !['script', 'init'].includes(String(name)))).toEqual([
      logged.form,
      logged.load,
      logged.stay,
      ...logged.submit('a@x.test'),
      ...logged.submit('b@x.test')
    ])
  })

  it('is waited for by its submissions, but not for ever', async () => {
    const page = fakePage()
    const { words } = await running(page, [
      [submit('a@x.test'), 10],
      [submit('b@x.test', 1002), 10],
      [start(true), timeOut]
    ])
    expect(words).toEqual([['ran'], ['not-started'], ['ran', 'ran']])
  })

  it('is submitted behind the calls of Munchkin that were asked for before it', async () => {
    const page = fakePage({ munchkin: { after: 1_000 } })
    const { words } = await running(page, [[[...start(true), ...visit('/a'), ...submit('a@x.test')], 999]])
    expect(page.log.some(([name]) => name === 'addHiddenFields')).toBe(false)
    await page.pass(1)
    expect(words).toEqual([['ran', 'ran', 'ran', 'ran']])
    expect(page.log.slice(-5)).toEqual([logged.init, logged.visit('/a'), ...logged.submit('a@x.test')])
  })

  it('is submitted behind an init that is under way', async () => {
    const page = fakePage({ munchkin: { after: 1_000 } })
    await running(page, [[[...start(true), ...submit('a@x.test')], 1_000]])
    expect(page.log.slice(-4)).toEqual([logged.init, ...logged.submit('a@x.test')])
  })

  it('that did not come may be loaded again, into the same element', async () => {
    const page = fakePage({ form: 'never' })
    const { words } = await running(page, [
      [start(true), timeOut],
      [start(true), timeOut]
    ])
    expect(words).toEqual([
      ['ran', 'blocked'],
      ['already-started', 'blocked']
    ])
    expect(page.log.filter(([name]) => name === 'form')).toEqual([logged.form])
    expect(page.log.filter(([name]) => name === 'loadForm')).toHaveLength(2)
  })

  it('that came too late is there for those that come later still', async () => {
    const page = fakePage({ form: { after: timeOut + 1 } })
    const { words } = await running(page, [
      [start(true), timeOut + 2],
      [[...start(true), ...submit('a@x.test')], 1]
    ])
    expect(words).toEqual([
      ['ran', 'blocked'],
      ['already-started', 'already-started', 'ran']
    ])
  })

  it('that is handed over twice is one form', async () => {
    const page = fakePage()
    const callbacks: Array<unknown> = []
    page.globals.MktoForms2 = {
      loadForm: (...args: ReadonlyArray<unknown>) => {
        const callback = args[3]
        const form = { getId: () => '1001', onSuccess: (stay: unknown) => callbacks.push(stay) }
        if (typeof callback === 'function') for (const again of [form, form]) callback(again)
      }
    }
    expect(await ranIn(page, start(true))).toEqual(['ran', 'ran'])
    expect(callbacks).toHaveLength(1)
  })

  it('is submitted also where Munchkin is blocked', async () => {
    expect(await ranIn(fakePage({ munchkin: 'fails' }), [...start(true), ...submit('a@x.test')])).toEqual([
      'blocked',
      'ran',
      'ran'
    ])
  })

  it('is not loaded into a form that the page shows', async () => {
    const page = fakePage()
    page.elements.add('mktoForm_1001')
    expect(await ranIn(page, [...start(true), ...submit('a@x.test')])).toEqual([
      'ran',
      'already-on-page',
      'already-on-page'
    ])
    expect(page.log).toEqual([logged.munchkin, logged.forms, logged.init])
  })

  it('uses a Forms 2.0 that is there, and a host that ends in a slash', async () => {
    const page = fakePage()
    const [, load] = start(true)
    const slashed: BrowserCall = {
      descriptor: { ...hiddenFormOf(load), does: { load: `${host}/` } },
      intents: [0],
      slots: []
    }
    expect(await ranIn(page, [slashed])).toEqual(['ran'])
    expect(page.log[0]).toEqual(logged.forms)
    const second = fakePage()
    second.world.addScript(formsScript, () => undefined)
    expect(await ranIn(second, [slashed])).toEqual(['ran'])
    expect(second.log.filter(([name]) => name === 'script')).toEqual([logged.forms])
  })

  it('whose script throws says so', async () => {
    const page = fakePage()
    page.globals.MktoForms2 = {
      loadForm: () => {
        throw new Error('loadForm')
      }
    }
    expect(await ranIn(page, [...start(true), ...submit('a@x.test')])).toEqual(['ran', 'threw', 'threw'])
  })

  it.each(['addHiddenFields', 'onSuccess', 'submit'])('that throws in %s is not submitted', async (name) => {
    const page = fakePage()
    const form = {
      getId: () => 1001,
      addHiddenFields: () => undefined,
      onSuccess: () => undefined,
      submit: () => page.log.push(['submit']),
      [name]: () => {
        throw new Error(name)
      }
    }
    page.globals.MktoForms2 = {
      loadForm: (...args: ReadonlyArray<unknown>) => {
        const callback = args[3]
        if (typeof callback === 'function') callback(form)
      }
    }
    expect(await ranIn(page, [...start(true), ...submit('a@x.test')])).toEqual(['ran', 'ran', 'threw'])
    expect(page.log.filter(([logName]) => logName === 'submit')).toEqual([])
  })

  it('that looks like a promise is not taken for one', async () => {
    const page = fakePage()
    page.globals.MktoForms2 = {
      loadForm: (...args: ReadonlyArray<unknown>) => {
        const callback = args[3]
        const form = {
          getId: () => 1001,
          addHiddenFields: () => undefined,
          onSuccess: () => undefined,
          submit: () => page.log.push(['submit']),
          // biome-ignore lint/suspicious/noThenProperty: the point
          then: () => undefined
        }
        if (typeof callback === 'function') callback(form)
      }
    }
    expect(await ranIn(page, [...start(true), ...submit('a@x.test')])).toEqual(['ran', 'ran', 'ran'])
    expect(page.log).toContainEqual(['submit'])
  })
})

const hiddenFormOf = (call: BrowserCall | undefined): HiddenForm => {
  if (call?.descriptor._tag !== 'HiddenForm') throw new Error('no form')
  return call.descriptor
}

describe('associateLead', () => {
  const called = (email: string, key: string) => ['munchkinFunction', 'associateLead', { Email: email }, key]

  it('asks the signer, and puts its answer where it belongs', async () => {
    const page = fakePage()
    expect(await ranIn(page, [...start(), ...associate('a+b@example.com')])).toEqual(['ran', 'ran', 'ran'])
    expect(page.requests).toEqual([
      [
        'https://signer.example.com/integrations/marketo/v1/p%2F1/a%2Bb%40example.com/hash',
        { credentials: 'same-origin', headers: {} }
      ]
    ])
    expect(page.log.slice(-1)).toEqual([called('a+b@example.com', signature)])
  })

  it('asks the signer as told', async () => {
    const page = fakePage()
    const signer = { credentials: 'include', headers: { 'x-csrf': '1' } } as const
    await ranIn(page, [...start(), ...associate()], { signer })
    expect(page.requests.map(([, request]) => request)).toEqual([signer])
    await ranIn(page, [...start(), ...associate()], { signer: { credentials: 'omit' } })
    expect(page.requests[1]?.[1]).toEqual({ credentials: 'omit', headers: {} })
  })

  it('signed already asks nobody', async () => {
    const page = fakePage()
    expect(await ranIn(page, [...start(), ...associate('a@x.test', true)])).toEqual(['ran', 'ran'])
    expect([page.requests, page.log.slice(-1)]).toEqual([[], [called('a@x.test', signature)]])
  })

  it('takes a signature in capitals, and sends it in small letters', async () => {
    const page = fakePage({ signer: answering(299, `{"hash":"${signature.toUpperCase()}"}`) })
    expect(await ranIn(page, [...start(), ...associate()])).toEqual(['ran', 'ran', 'ran'])
    expect(page.log.slice(-1)).toEqual([called('name@example.com', signature)])
  })

  it.each<[string, () => Promise<PageResponse>]>([
    ['refuses', answering(403, `{"hash":"${signature}"}`)],
    ['answers with a redirect', answering(300, `{"hash":"${signature}"}`)],
    ['answers before its time', answering(199, `{"hash":"${signature}"}`)],
    ['answers no JSON', answering(200, `hash=${signature}`)],
    ['answers a list', answering(200, `["${signature}"]`)],
    ['answers null', answering(200, 'null')],
    ['answers no hash', answering(200, '{}')],
    ['answers one digit too few', answering(200, `{"hash":"${signature.slice(1)}"}`)],
    ['answers one digit too many', answering(200, `{"hash":"${signature}0"}`)],
    ['answers no hex', answering(200, `{"hash":"${signature.replace('6', 'g')}"}`)],
    ['answers a line break', answering(200, `{"hash":"${signature}\\n"}`)],
    ['answers a number', answering(200, '{"hash":6}')],
    ['cannot be reached', () => Promise.reject(new Error('offline'))],
    ['breaks off', () => Promise.resolve({ status: 200, text: () => Promise.reject(new Error('cut')) })],
    ['never answers', () => new Promise(() => undefined)],
    ['never ends', () => Promise.resolve({ status: 200, text: () => new Promise(() => undefined) })],
    [
      'throws',
      () => {
        throw new Error('fetch')
      }
    ]
  ])('does not run when the signer %s; what follows does', async (_, signer) => {
    const page = fakePage({ signer })
    const { words } = await running(page, [[[...start(), ...associate(), ...visit('/a')], timeOut]])
    expect(words).toEqual([['ran', 'no-signature', 'no-signature', 'ran']])
    expect(page.log).toEqual([logged.munchkin, logged.init, logged.visit('/a')])
  })

  it('uses a signature for the call right behind its question, and for no other', async () => {
    const [question, call] = associate('a@x.test')
    const [, other] = associate('b@x.test')
    if (question === undefined || call === undefined || other === undefined) throw new Error('no calls')
    const page = fakePage()
    expect(await ranIn(page, [...start(), question, call, other, question, ...visit('/a'), call])).toEqual([
      'ran',
      'ran',
      'ran',
      'no-signature',
      'ran',
      'ran',
      'no-signature'
    ])
    expect(page.log.filter(([, name]) => name === 'associateLead')).toEqual([called('a@x.test', signature)])
  })

  it('asks no signer a path that would be another', async () => {
    const [question, call] = associate('')
    if (question === undefined || call === undefined) throw new Error('no calls')
    const page = fakePage()
    expect(await ranIn(page, [...start(), question, call])).toEqual(['ran', 'no-signature', 'no-signature'])
    expect(page.requests).toEqual([])
  })

  it.each<[string, Partial<MunchkinCall>, BrowserCall['slots'][number]]>([
    ['a place that is taken', { args: ['associateLead', {}, 'x'] }, { at: ['args', 2], step: 0, pick: ['hash'] }],
    ['no place', { args: ['associateLead', {}] }, { at: ['args', 2], step: 0, pick: ['hash'] }],
    ['a place inside the place', {}, { at: ['args', 2, 'x'], step: 0, pick: ['hash'] }],
    ['a place inside another', {}, { at: ['args', 1, 'Email'], step: 0, pick: ['hash'] }],
    ['a place elsewhere', {}, { at: ['lifecycle', 2], step: 0, pick: ['hash'] }],
    ['a place without a number', {}, { at: ['args', 'x'], step: 0, pick: ['hash'] }],
    ['another member', {}, { at: ['args', 2], step: 0, pick: ['other'] }],
    ['a member of a member', {}, { at: ['args', 2], step: 0, pick: ['hash', 0] }]
  ])('fills no slot for %s', async (_, changes, slot) => {
    const [question, call] = associate()
    if (question === undefined || call?.descriptor._tag !== 'MunchkinCall') throw new Error('no calls')
    const page = fakePage()
    const other: BrowserCall = { descriptor: { ...call.descriptor, ...changes }, intents: [0], slots: [slot] }
    expect(await ranIn(page, [...start(), question, other])).toEqual(['ran', 'ran', 'no-signature'])
  })

  it.each([
    ['https://munchkin.marketo.net/161/munchkin.js', 'unknown-call'],
    ['https://munchkin.marketo.net/164/munchkin-beta.js', 'unknown-call'],
    ['https://munchkin.marketo.net/160/munchkin.js', 'ran'],
    ['https://example.net/161/munchkin.js', 'ran']
  ])('with Munchkin from %s: %s, and nobody is asked in vain', async (url, expected) => {
    const page = fakePage()
    const { words } = await running(page, [[start(), 1]])
    expect(words).toEqual([['ran']])
    const { run } = pageRunner(page.world, { scripts: 'page' })
    const results = run([...start(), ...associate(), ...associate('a@x.test', true), ...visit('/a')])
    page.scriptUrls.push(url)
    await page.pass(1)
    expect((await results).map(word)).toEqual(['ran', expected, expected, expected, 'ran'])
    expect(page.requests).toHaveLength(expected === 'ran' ? 1 : 0)
  })
})

describe('a Munchkin that throws', () => {
  it('at a second init goes on with the first', async () => {
    const page = fakePage()
    const { run } = pageRunner(page.world)
    await run(start())
    Reflect.set(Object(page.globals.Munchkin), 'init', () => {
      throw new Error('x')
    })
    const [init] = start()
    if (init?.descriptor._tag !== 'MunchkinCall') throw new Error('no init')
    const other: BrowserCall = { descriptor: { ...init.descriptor, args: ['111-AAA-222'] }, intents: [0], slots: [] }
    expect((await run([other, ...visit('/a')])).map(word)).toEqual(['threw', 'ran'])
  })

  it('is not even reached by what cannot be copied, and the next call is made', async () => {
    const page = fakePage()
    const args: Array<Json> = []
    args.push(args)
    const endless: BrowserCall = {
      descriptor: { _tag: 'MunchkinCall', function: 'munchkinFunction', args, lifecycle: live },
      intents: [0],
      slots: []
    }
    expect(await ranIn(page, [...start(), endless, ...visit('/a')])).toEqual(['ran', 'threw', 'ran'])
  })

  it('is reported, and keeps back what follows', async () => {
    expect(await ranIn(fakePage({ munchkinThrows: true }), [...start(), ...visit('/a')])).toEqual(['threw', 'threw'])
  })

  it('is reported call by call when it had started', async () => {
    const page = fakePage()
    const { run } = pageRunner(page.world)
    await run(start())
    page.globals.Munchkin = {
      init: () => undefined,
      munchkinFunction: () => {
        throw new Error('x')
      }
    }
    expect((await run([...visit('/a'), cookie, ...visit('/b')])).map(word)).toEqual(['threw', 'unknown-call', 'threw'])
  })
})

describe('whatever the page does', () => {
  const fate = fc.oneof(
    fc.constantFrom('comes' as const, 'empty' as const, 'fails' as const, 'never' as const),
    fc.record({ after: fc.nat(2 * timeOut) })
  )
  const options: fc.Arbitrary<FakePageOptions> = fc.record({
    munchkin: fate,
    forms: fate,
    form: fc.oneof(
      fc.constantFrom('comes' as const, 'another' as const, 'never' as const),
      fc.record({ after: fc.nat(2 * timeOut) })
    ),
    signer: fc.constantFrom<() => Promise<PageResponse>>(
      answering(200, `{"hash":"${signature}"}`),
      answering(500, ''),
      () => new Promise(() => undefined),
      () => Promise.reject(new Error('offline'))
    ),
    munchkinThrows: fc.boolean()
  })
  const some = fc.oneof(
    fc.boolean().map((form) => start(form)),
    fc.constantFrom('/a', '/b').map(visit),
    fc.constantFrom('a@x.test', 'b@x.test').map((email) => submit(email)),
    fc.boolean().map((signed) => associate('c@x.test', signed)),
    fc.constant([cookie])
  )
  const rounds = fc.array(
    fc.tuple(
      fc.array(some, { maxLength: 4 }).map((lists) => lists.flat()),
      fc.nat(timeOut)
    ),
    { maxLength: 4 }
  )
  const runnerOptions = fc.record({ scripts: fc.constantFrom('load' as const, 'page' as const), queueLimit: fc.nat(8) })

  /** What a call that ran must have left in the log. */
  const traceOf = ({ descriptor }: BrowserCall): string | undefined => {
    if (descriptor._tag === 'MunchkinCall') return JSON.stringify([descriptor.function, ...descriptor.args.slice(0, 2)])
    return descriptor._tag === 'HiddenForm' && 'submit' in descriptor.does
      ? JSON.stringify(['addHiddenFields', descriptor.does.submit])
      : undefined
  }

  it('every call gets one result, in its place and in time, and what ran left its trace in order', async () => {
    await fc.assert(
      fc.asyncProperty(options, rounds, runnerOptions, async (fates, asked, how) => {
        const page = fakePage(fates)
        const { words } = await running(page, asked, how)
        await page.pass(8 * timeOut)
        expect(words.map((list) => list?.length)).toEqual(asked.map(([calls]) => calls.length))

        const calls = asked.flatMap(([list]) => list)
        const ranCalls = calls.filter((_, i) => words.flat()[i] === 'ran')
        const names = ['init', 'munchkinFunction', 'createTrackingCookie']
        const traces = (wanted: (name: string) => boolean) => ({
          made: page.log.filter(([name]) => wanted(String(name))).map((entry) => JSON.stringify(entry.slice(0, 3))),
          said: ranCalls.map(traceOf).filter((trace) => trace !== undefined && wanted(JSON.parse(trace)[0]))
        })
        const visits = traces((name) => names.slice(1).includes(name))
        if (!fates.munchkinThrows) expect(visits.made).toEqual(visits.said)
        const submissions = traces((name) => name === 'addHiddenFields')
        expect(submissions.made).toEqual(submissions.said)
        expect(page.log.filter(([name]) => name === 'init').length).toBeLessThanOrEqual(fates.munchkinThrows ? 99 : 1)
        expect(page.timers()).toBe(0)
      })
    )
  })

  it('a hostile world gets results too, and no promise is refused', async () => {
    const hostile = fc.func(fc.anything())
    const wild = fc.oneof(
      hostile,
      fc.constant((): never => {
        throw new Error('hostile')
      }),
      fc.constant(() => new Proxy({}, { get: () => () => ({}) })),
      fc.constant((...args: ReadonlyArray<unknown>) => {
        for (const arg of args) if (typeof arg === 'function') arg(true)
        return () => undefined
      })
    )
    const worlds = fc.record({
      global: wild,
      scriptUrls: wild,
      addScript: wild,
      hasElement: wild,
      addHiddenForm: wild,
      fetch: wild
    })
    await fc.assert(
      fc.asyncProperty(worlds, rounds, fc.boolean(), async (world, asked, hasClock) => {
        const page = fakePage()
        const after: PageWorld['after'] = hasClock
          ? page.world.after
          : () => {
              throw new Error('no clock')
            }
        const results: unknown = Reflect.apply(pageRunner, undefined, [{ ...world, after }, { timeOut: 100 }])
        const run = Reflect.get(Object(results), 'run')
        const lists: Array<unknown> = []
        for (const [calls] of asked) {
          run(calls).then((list: unknown) => lists.push(list))
          await page.pass(50)
        }
        await page.pass(2_000)
        expect(lists.length).toBe(asked.length)
        for (const list of lists) {
          for (const result of Array.isArray(list) ? list : [undefined]) {
            expect(['Ran', 'NotRun']).toContain(Reflect.get(Object(result), '_tag'))
          }
        }
      })
    )
  })
})
