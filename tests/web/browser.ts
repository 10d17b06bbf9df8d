import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Debian's Chromium, or null where it is not installed; `.ci/run` installs it. */
export async function openBrowser(): Promise<Browser | null> {
  if (!existsSync(executablePath)) return null
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page that remembers every fault of its console and every request that left for elsewhere. */
export async function openPage(browser: Browser, url: string, dark = false): Promise<Page & { faults: string[] }> {
  const context = await browser.newContext({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION')) faults.push(message.text())
  })
  page.on('request', request => {
    if (!request.url().startsWith(url) && !/^(data|blob|ws):/.test(request.url())) faults.push(`asked ${request.url()}`)
  })
  await page.goto(url)
  return Object.assign(page, { faults })
}

/** A text where it can be seen; what is only read out to screen readers does not count. */
export const shown = (page: Page, text: string) => page.locator('p', { hasText: text }).first()

export async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /write|message|luna/i }).last()
  await box.fill(text)
  await box.press('Enter')
}
