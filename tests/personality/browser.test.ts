/// <reference lib="dom" />
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { type RunningLuna, startFakeModel, startLuna } from '@luna/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage, say, shown } from '../web/browser.ts'
import { cardPng, cardsOf } from './card-png.ts'

let model: Awaited<ReturnType<typeof startFakeModel>>
let luna: RunningLuna
let browser: Browser
let folder: string

beforeAll(async () => {
  const opened = await openBrowser()
  if (!opened) throw new Error('Chromium is not installed: `apt-get install chromium`.')
  browser = opened
  folder = await mkdtemp(join(tmpdir(), 'luna-cards-'))
  model = await startFakeModel()
  luna = await startLuna({ topology: 'embedded', modelUrl: model.url, sharedPostgres: true })
})

afterAll(async () => {
  await browser.close()
  await luna.stop()
  await model.stop()
  await rm(folder, { recursive: true, force: true })
})

async function openGallery(path: string, dark = false) {
  const page = await openPage(browser, luna.url, dark)
  await page.goto(`${luna.url}${path}`)
  return page
}

const card = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: {
    name: 'Marit of the Fjord',
    description: 'You are Marit, who pilots ships at night.',
    personality: 'dry',
    scenario: '',
    first_mes: 'Come aboard, {{user}}. Mind the step.',
    mes_example: '',
    creator_notes: 'A harbour pilot with a lamp.',
    system_prompt: '',
    post_history_instructions: '',
    alternate_greetings: [],
    tags: ['sea', 'night'],
    creator: 'tests',
    character_version: '1',
    extensions: { 'strange/tool': { kept: [1, { deep: true }] } },
    character_book: {
      entries: [
        { keys: ['lamp'], content: 'The lamp burns whale oil.', enabled: true, insertion_order: 1, extensions: {} },
      ],
    },
  },
}

/** Drops a file where a person would: anywhere on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ base64, name: called }) => {
      const data = new DataTransfer()
      data.items.add(
        new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], called, { type: 'image/png' }),
      )
      return data
    },
    { base64: bytes.toString('base64'), name },
  )
  const target = page.getByRole('region', { name: 'Characters' })
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}

test('a card is dropped, talked with, its mood moves and is plotted, and it leaves as a card that comes back', async () => {
  model.always({ text: 'Oh, that is wonderful, I am so glad!' })
  const page = await openPage(browser, luna.url)
  await page.getByRole('link', { name: 'Characters' }).click()
  await page.getByRole('heading', { name: 'Characters' }).waitFor()
  await drop(page, 'marit.png', cardPng(card, deflateSync(Buffer.from([0, 120, 60, 30]))))
  await page.getByRole('heading', { name: 'Marit of the Fjord' }).waitFor()
  await page.locator('article img').waitFor()
  const width = () => page.locator('article img').evaluate((image: HTMLImageElement) => image.naturalWidth)
  await expect.poll(width, { timeout: 10_000 }).toBe(1)

  await page.getByRole('button', { name: 'Talk with Marit of the Fjord' }).click()
  await shown(page, 'Come aboard').waitFor()
  const badge = page.getByRole('link', { name: /is in a mood/ })
  const before = await badge.textContent()
  const happy = ['I love this lamp, what a wonderful and happy night! haha', 'This is fantastic, I am so happy!!!']
  for (const [index, text] of happy.entries()) {
    await say(page, text)
    await page.locator('p', { hasText: 'so glad' }).nth(index).waitFor()
  }
  const prompt = model.requests.map(({ body }) => JSON.stringify(body)).join('\n')
  expect(prompt).toContain('pilots ships at night')
  expect(prompt).toContain('whale oil')
  await expect.poll(() => badge.textContent(), { timeout: 10_000 }).not.toBe(before)
  await badge.click()
  await page.getByText('Mood after each of the last 2 turns').waitFor()
  const violations = (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze())
    .violations
  expect(violations.map(({ id }) => id)).toEqual([])

  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'As PNG card' }).click(),
  ])
  const path = join(folder, 'out.png')
  await download.saveAs(path)
  const out = await readFile(path)
  const cards = cardsOf(out)
  expect(cards['chara']).toEqual(card)
  expect(cards['ccv3']).toMatchObject({
    spec: 'chara_card_v3',
    data: { name: 'Marit of the Fjord', extensions: card.data.extensions },
  })
  await page.goto(`${luna.url}/characters`)
  await drop(page, 'again.png', out)
  await page.getByRole('heading', { name: 'Marit of the Fjord' }).waitFor()
  await page.getByRole('link', { name: 'All characters' }).click()
  await page.getByRole('searchbox', { name: 'Search characters' }).fill('fjord pilot')
  await page.getByText('2 characters').waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
}, 60_000)

test('a character is made by hand, changed, and brought back to what it was', async () => {
  const page = await openGallery('/characters/new')
  await page.getByLabel('Name', { exact: true }).fill('Orla Quill')
  await page.getByLabel('Who they are').fill('You are Orla, who binds books.')
  await page.getByLabel('First words').fill('Which page hurts?')
  await page.getByLabel('Tags, separated by commas').fill('books, quiet')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Orla Quill' }).waitFor()
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'First words' }).fill('Sit down.')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Version 2: greeting').waitFor()
  await page.locator('blockquote', { hasText: 'Sit down.' }).waitFor()
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.locator('blockquote', { hasText: 'Which page hurts?' }).waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
})

test('the generator shows its stages as they are done, and says so when the model answers rubbish', async () => {
  model.always({})
  const page = await openGallery('/characters')
  await page.getByRole('button', { name: 'Generate' }).click()
  await page.getByLabel('What should they be like?').fill('a beekeeper on the moon')
  await page.getByLabel('Name, if you have one').fill('Apiaria')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByText('Who they are').waitFor()
  await page.getByRole('button', { name: 'Look at it' }).click()
  await page.getByRole('heading', { name: 'Apiaria' }).waitFor()
  model.always({ text: 'no JSON at all' })
  await page.goto(`${luna.url}/characters`)
  await page.getByRole('button', { name: 'Generate' }).click()
  await page.getByLabel('What should they be like?').fill('anything')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('alert').filter({ hasText: 'does not fit' }).waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
})

test.each([false, true])('the gallery has no accessibility fault by WCAG 2.1 A and AA (dark: %s)', async dark => {
  const page = await openGallery('/characters', dark)
  await page.getByRole('link', { name: /Luna/ }).last().waitFor()
  const shot = process.env['LUNA_SHOTS']
  if (shot) await writeFile(join(shot, `gallery-${dark ? 'dark' : 'light'}.png`), await page.screenshot())
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.context().close()
})
