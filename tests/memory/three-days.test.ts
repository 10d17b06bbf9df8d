import { type FakeModel, type RunningLuna, startFakeModel, startLuna, waitFor } from '@luna/testing'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage, say, shown } from '../web/browser.ts'

let model: FakeModel
let luna: RunningLuna
let browser: Browser

beforeAll(async () => {
  const opened = await openBrowser()
  if (!opened) throw new Error('Chromium is not installed: `apt-get install chromium`.')
  browser = opened
  model = await startFakeModel()
  luna = await startLuna({
    topology: 'embedded',
    modelUrl: model.url,
    env: { LUNA_MEMORY_EXTRACTOR: 'rules', LUNA_MEMORY_IDLE_MS: '0' },
  })
  // A companion that says where the sister lives, as far as its prompt tells.
  model.script(({ body, userText }) => {
    if (!body.stream) return undefined
    if (!userText.includes('Where does my sister')) return { text: 'I see, noted.' }
    const remembered = (body.messages ?? [])
      .map(({ content }) => (typeof content === 'string' ? content : ''))
      .filter(content => content.includes('<remembered>'))
      .join('\n')
    const city = ['Lisbon', 'Porto'].filter(name => remembered.includes(name)).join(' or ')
    return { text: city ? `I believe she lives in ${city}.` : 'I do not know.' }
  })
})

afterAll(async () => {
  await browser.close()
  await luna.stop()
  await model.stop()
})

/** Everything that was said is a day older. */
async function aDayGoesBy(): Promise<void> {
  const client = new pg.Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  try {
    await client.query('set search_path to memory')
    await client.query(`update memory.episodes set said_at = said_at - interval '1 day'`)
    await client.query(`update memory.memories set observed_at = observed_at - interval '1 day'`)
  } finally {
    await client.end()
  }
}

const newTalk = async (page: Page, text: string) => {
  await page.goto(luna.url)
  await page.getByRole('textbox').last().waitFor()
  await say(page, text)
}

test('told on day one, recalled with its reason on day two, corrected, and never said again on day three', async () => {
  const page = await openPage(browser, luna.url)
  await newTalk(page, 'My sister Anna lives in Lisbon.')
  await shown(page, 'I see, noted.').waitFor()
  await page.goto(`${luna.url}/memory`)
  await waitFor(
    async () => {
      await page.reload()
      return page
        .getByText('lives in Lisbon')
        .first()
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        )
    },
    { timeoutMs: 15_000 },
  )

  await aDayGoesBy()
  await newTalk(page, 'Where does my sister live?')
  await shown(page, 'I believe she lives in Lisbon.').waitFor()
  await page.getByRole('button', { name: 'How this answer came about' }).last().click()
  await page.getByText('Remembered', { exact: true }).waitFor()
  expect(await page.locator('dl').innerText()).toMatch(/Lisbon[\s\S]*because words: .*sister/)

  await page.goto(`${luna.url}/memory`)
  const card = page.getByRole('listitem').filter({ hasText: 'lives in Lisbon' })
  await card.getByRole('button', { name: 'Why do you think so?' }).click()
  await page.getByRole('dialog').getByText('“My sister Anna lives in Lisbon.”').waitFor()
  await page.keyboard.press('Escape')
  await card.getByRole('button', { name: 'Correct' }).click()
  await page.getByRole('dialog').getByLabel('What to remember').fill('The person’s sister Anna lives in Porto.')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('sister Anna lives in Porto').waitFor()

  await aDayGoesBy()
  await newTalk(page, 'Where does my sister live now?')
  await shown(page, 'I believe she lives in Porto.').waitFor()
  // A page that is loaded anew asks for its session first, and hears 401 where the old one has just been renewed.
  expect(page.faults.filter(fault => !fault.includes('401'))).toEqual([])
  await page.context().close()
}, 60_000)

test('the memory page has no accessibility fault, and can be used on a phone', async () => {
  const { AxeBuilder } = await import('@axe-core/playwright')
  for (const dark of [false, true]) {
    const page = await openPage(browser, luna.url, dark)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${luna.url}/memory`)
    await page.getByText('sister Anna').first().waitFor()
    for (const tab of ['What I remember', 'Insights', 'Journal']) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByRole('tabpanel').first().waitFor()
      const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
      expect(found.violations.map(({ id, nodes }) => `${tab} ${id} ${nodes[0]?.html}`)).toEqual([])
    }
    expect(page.faults).toEqual([])
    await page.context().close()
  }
}, 60_000)
