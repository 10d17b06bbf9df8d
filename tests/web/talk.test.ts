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

test('a message is tagged, and the tag is there after a reload', async () => {
  model.always({ text: 'An answer to keep.' })
  const page = await openPage(browser, luna.url)
  await say(page, 'Say something worth keeping')
  const answer = page.getByRole('article').filter({ hasText: 'An answer to keep.' })
  await answer.getByRole('button', { name: 'Tags…' }).click()
  await page.getByRole('textbox', { name: 'Tags' }).fill('keepsake, sea')
  await page.getByRole('button', { name: 'Save' }).click()
  await answer.getByText('keepsake').waitFor()
  await page.reload()
  await answer.getByText('keepsake').waitFor()
  expect(await answer.getByRole('list', { name: 'Tags' }).getByRole('listitem').allTextContents()).toEqual([
    'keepsake',
    'sea',
  ])
  await page.context().close()
})

test('an erased account shows its receipt, with what each service has erased', async () => {
  const page = await openPage(browser, luna.url)
  await page.getByRole('textbox').last().waitFor()
  await page.goto(`${luna.url}/settings`)
  await page.getByRole('button', { name: 'Erase the account' }).click()
  await page.getByRole('textbox').fill('erase')
  await page.getByRole('dialog').getByRole('button', { name: 'Erase the account' }).click()
  await page.getByRole('heading', { name: 'Your account is erased' }).waitFor({ timeout: 30_000 })
  expect(await page.getByRole('row', { name: /chat/ }).textContent()).toMatch(/[1-9]\d* messages/)
  const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(axe.violations.map(({ id }) => id)).toEqual([])
  await page.context().close()
})
