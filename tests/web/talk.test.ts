import { AxeBuilder } from '@axe-core/playwright'
import { type RunningLuna, startFakeModel, startLuna } from '@luna/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage, say, shown } from './browser.ts'

let model: Awaited<ReturnType<typeof startFakeModel>>
let luna: RunningLuna
let browser: Browser

beforeAll(async () => {
  const opened = await openBrowser()
  if (!opened) throw new Error('Chromium is not installed: `apt-get install chromium`.')
  browser = opened
  model = await startFakeModel()
  luna = await startLuna({ topology: 'embedded', modelUrl: model.url })
})

afterAll(async () => {
  await browser.close()
  await luna.stop()
  await model.stop()
})

test('a person opens the page, needs no sign-in, writes, and reads the answer as the model sent it', async () => {
  model.always({ text: 'The tide is **turning**, and `2 < 3` 🌙.' })
  const page = await openPage(browser, luna.url)
  await say(page, 'How is the sea tonight?')
  await shown(page, 'turning').waitFor()
  await shown(page, '🌙').waitFor()
  await page.reload()
  await shown(page, 'turning').waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
})

test('nothing that a model writes makes the page ask anybody for anything', async () => {
  model.always({
    text: 'Look: ![pixel](http://canary.example/p.png) <img src="http://canary.example/q.png"> [here](javascript:alert(1)) the end.',
  })
  const page = await openPage(browser, luna.url)
  await say(page, 'Show me a picture')
  await shown(page, 'the end.').waitFor()
  expect(page.faults).toEqual([])
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0)
  await page.context().close()
})

test('Stop ends a running answer and keeps what was said', async () => {
  model.always({ tokens: ['It', ' was', ' a', ' long', ' story'], fault: { kind: 'hang', afterTokens: 5 } } as never)
  const page = await openPage(browser, luna.url)
  await say(page, 'Tell me everything')
  await shown(page, 'a long story').waitFor()
  await page.getByRole('button', { name: /stop/i }).click()
  await page.getByRole('button', { name: /stop/i }).waitFor({ state: 'detached' })
  await page.reload()
  await shown(page, 'a long story').waitFor()
  await page.context().close()
})

test('an answer goes on when the server is killed in its middle and comes back', async () => {
  model.always({ tokens: ['one', ' two'], fault: { kind: 'hang', afterTokens: 2 } } as never)
  const page = await openPage(browser, luna.url)
  await say(page, 'Count for me')
  await shown(page, 'one two').waitFor()
  model.always({ text: 'one two three four' })
  await luna.process('gateway').restart()
  await shown(page, 'one two three four').waitFor({ timeout: 45_000 })
  await page.context().close()
}, 90_000)

test.each([false, true])('no accessibility fault by WCAG 2.1 A and AA (dark: %s)', async dark => {
  model.always({ text: 'A calm answer.' })
  const page = await openPage(browser, luna.url, dark)
  await page.getByRole('textbox').last().waitFor()
  const home = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(home.violations.map(({ id }) => id)).toEqual([])
  await say(page, 'Be calm')
  await shown(page, 'A calm answer.').waitFor()
  const talk = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(talk.violations.map(({ id }) => id)).toEqual([])
  await page.context().close()
})
