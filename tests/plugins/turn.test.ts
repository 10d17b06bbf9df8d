import { AxeBuilder } from '@axe-core/playwright'
import { type FakeModel, type RunningLuna, startFakeModel, startLuna, waitFor } from '@luna/testing'
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
  luna = await startLuna({ topology: 'embedded', modelUrl: model.url, sharedPostgres: true })
})
afterAll(async () => {
  await browser?.close()
  await luna?.stop()
  await model?.stop()
})

const calls = [
  { id: 'one', name: 'calculator__evaluate', arguments: { expression: '6 * 7' } },
  { id: 'two', name: 'reminder__set', arguments: { when: 'in 2 days', what: 'water the plants' } },
]
type Wire = { role: string; content?: unknown; tool_call_id?: string }

/** A model that calls two tools at once and answers from what they say. */
const twoTools = (question: string) =>
  model.script(({ userText, body }) => {
    if (!body.stream || userText !== question) return undefined
    const results = (body.messages ?? []).filter(({ role }) => role === 'tool') as Wire[]
    if (results.length === 0) return { toolCalls: calls }
    return {
      text: `From the tools: ${results.map(({ content }) => /\n(.*)\n/.exec(String(content))?.[1]).join(' | ')}. That is all.`,
    }
  })

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('two tools in a turn: one reads at once, one waits for the person, and the answer comes from both', async () => {
  twoTools('What is six times seven, and remind me of the plants?')
  const page = await openPage(browser, luna.url)
  await say(page, 'What is six times seven, and remind me of the plants?')
  await button(page, 'Allow once').waitFor()
  const card = page.getByRole('group', { name: /reminder__set/ })
  expect(await card.textContent()).toContain('what = water the plants')
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await button(page, 'Allow once').click()
  await shown(page, 'That is all.').waitFor()
  const text = (await shown(page, 'That is all.').textContent()) ?? ''
  expect(text).toContain('6 * 7 = 42')
  expect(text).toContain('I will remind you')
  await page.getByRole('link', { name: 'Plugins' }).click()
  await page.getByRole('button', { name: 'What was done' }).click()
  await page.getByText('reminder · set').waitFor()
  await page.getByText('calculator · evaluate').waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
})

test('denied: nothing runs, the model hears it and answers all the same; never is kept', async () => {
  twoTools('Six times seven again, and the plants?')
  const page = await openPage(browser, luna.url)
  await say(page, 'Six times seven again, and the plants?')
  await button(page, 'Never').waitFor()
  if (process.env['LUNA_SHOTS']) await page.screenshot({ path: `${process.env['LUNA_SHOTS']}/consent.png` })
  await button(page, 'Never').click()
  await shown(page, 'That is all.').waitFor()
  expect(await shown(page, 'That is all.').textContent()).toContain('The person did not allow this.')
  await say(page, '/reminders')
  await page.locator('li', { hasText: 'water the plants' }).first().waitFor()
  await page.getByRole('link', { name: 'Plugins' }).click()
  await page.getByRole('button', { name: 'Open Reminder' }).click()
  const choice = page.getByRole('combobox', { name: 'May set run?' })
  expect(await choice.inputValue()).toBe('denied')
  await page.context().close()
})

test('never holds for a command as well, which says where it is changed; changed, it runs', async () => {
  const page = await openPage(browser, luna.url)
  await say(page, '/remind "in 2 days" feed the cat')
  await shown(page, 'You have told Reminder never to do this').waitFor()
  await page.getByRole('link', { name: 'Plugins' }).click()
  await page.getByRole('button', { name: 'Open Reminder' }).click()
  const choice = page.getByRole('combobox', { name: 'May set run?' })
  await choice.selectOption('ask')
  await waitFor(async () => (await choice.inputValue()) === 'ask')
  await page.context().close()
})

test('a command answers by itself, without a model; a wrong one says how it is written', async () => {
  model.script(({ body }) => (body.stream ? { text: 'the model was asked' } : undefined))
  const page = await openPage(browser, luna.url)
  await say(page, '/calc 2 ^ 10')
  await shown(page, '= 1024').waitFor()
  await say(page, '/calk 1')
  await page.getByText('Did you mean').first().waitFor()
  await say(page, '/help')
  await page.getByText('/journal-prompt').first().waitFor()
  expect(await page.getByText('the model was asked').count()).toBe(0)
  await page.context().close()
})

test('a reminder: the companion writes first when its time has come', async () => {
  model.script(({ body }) =>
    body.stream && JSON.stringify(body.messages).includes('drink some water')
      ? { text: 'It is time: water!' }
      : undefined,
  )
  const page = await openPage(browser, luna.url)
  await say(page, '/remind "in 1 second" drink some water')
  await shown(page, 'I will remind you').waitFor()
  await shown(page, 'It is time: water!').waitFor()
  await page.context().close()
})

test('a model whose provider refuses tools is told of them in words, and calls them so', async () => {
  model.script(({ userText, body }) => {
    if (!body.stream) return undefined
    if (body.tools)
      return {
        fault: {
          kind: 'status',
          status: 400,
          body: { error: { message: 'does not support tools', type: 'api_error' } },
        },
      }
    if (userText.includes('<tool-result')) return { text: `It is ${/= (\d+)/.exec(userText)?.[1]}, surely.` }
    return {
      text: 'Let me see. <tool_call>{"name": "calculator__evaluate", "arguments": {"expression": "12 * 12"}}</tool_call>',
    }
  })
  const page = await openPage(browser, luna.url)
  await say(page, 'A dozen dozens?')
  await shown(page, 'It is 144, surely.').waitFor()
  expect(await page.getByText('tool_call').count()).toBe(0)
  await page.context().close()
})

test.each([false, true])(
  'the page of plugins: installed with what is granted, without a fault of accessibility (dark: %s)',
  async dark => {
    const page = await openPage(browser, luna.url, dark)
    await page.getByRole('link', { name: 'Plugins' }).click()
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByRole('button', { name: 'Open Weather' }).click()
    await page.getByLabel('Send requests to api.open-meteo.com').waitFor()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    const install = button(page, dark ? 'Save' : 'Install')
    await install.click()
    await button(page, 'Save').waitFor()
    if (process.env['LUNA_SHOTS']) await page.screenshot({ path: `${process.env['LUNA_SHOTS']}/plugin-${dark}.png` })
    expect(page.faults).toEqual([])
    await page.context().close()
  },
)
