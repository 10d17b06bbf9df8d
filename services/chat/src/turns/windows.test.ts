import { array, assert, asyncProperty, boolean, constantFrom, integer } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WindowOptions, Windows } from './windows.ts'

interface World {
  visible: string
  /** Every text that was ever on a screen. */
  seen: string[]
}

const allowed = { action: 'allow' as const, classes: [] }

function world(options: Partial<WindowOptions>) {
  const state: World = { visible: '', seen: [] }
  const windows = new Windows({
    mode: 'strict',
    substitute: 'Sorry.',
    onAbsent: () => {},
    check: async () => allowed,
    ...options,
    shown: {
      write(text) {
        state.visible += text
        state.seen.push(state.visible)
      },
      withdraw(keep) {
        state.visible = state.visible.slice(0, keep)
      },
    },
  })
  return { state, windows }
}

const pieces = array(
  constantFrom(
    'A short one. ',
    'word ',
    'and more words that follow each other without an end ',
    '\n',
    '。',
    '😀',
    'Is it? ',
  ),
  { minLength: 1, maxLength: 60 },
)

describe('strict', () => {
  it('shows no character before its verdict, wherever moderation dies', async () => {
    await assert(
      asyncProperty(pieces, integer({ min: 0, max: 8 }), boolean(), async (deltas, livesFor, hangs) => {
        let approved = ''
        let asked = 0
        const { state, windows } = world({
          async check(text) {
            await Promise.resolve()
            if (asked++ >= livesFor) throw new Error(hangs ? 'timeout' : 'gone')
            approved += text
            return allowed
          },
        })
        let failed = false
        try {
          for (const delta of deltas) {
            await windows.write(delta)
            expect(approved.startsWith(state.visible)).toBe(true)
          }
          await windows.finish()
        } catch {
          failed = true
        }
        expect(approved.startsWith(state.visible)).toBe(true)
        for (const seen of state.seen) expect(approved.startsWith(seen)).toBe(true)
        if (!failed) expect(state.visible).toBe(deltas.join(''))
      }),
      { numRuns: 200 },
    )
  })

  it('ends the answer with the reason when a verdict does not come, and takes nothing more', async () => {
    const { state, windows } = world({ check: () => Promise.reject(new Error('away')) })
    await windows.write('Half a sentence')
    await expect(windows.finish()).rejects.toMatchObject({ code: 'moderation-unavailable' })
    await windows.write('and more. '.repeat(50))
    expect(state.seen).toEqual([])
  })

  it('keeps what stood before a window that is replaced, and nothing of an answer that is blocked', async () => {
    const good = 'This is a sentence that is quite long and has nothing in it that anybody could mind. '
    const bad = 'This one is just as long, and somebody has decided that it must never be seen at all. '
    const check = (action: 'replace' | 'block') => async (text: string) =>
      text.includes('never be seen') ? { action, classes: [] } : allowed
    for (const [action, left] of [
      ['replace', `${good}Sorry.`],
      ['block', 'Sorry.'],
    ] as const) {
      const { state, windows } = world({ check: check(action) })
      for (const text of [good, bad, good]) await windows.write(text)
      await windows.finish()
      expect(state.visible).toBe(left)
      expect(state.seen.join()).not.toContain('never be seen')
      expect(windows.stopped).toBe(true)
    }
  })

  it('masks what has a place and goes on', async () => {
    const { state, windows } = world({
      check: async text => ({
        action: text.includes('secret') ? 'mask' : 'allow',
        classes: text.includes('secret')
          ? [
              {
                class: 'personal-data',
                score: 1,
                span: [text.indexOf('secret'), text.indexOf('secret') + 6],
                rule: 'x',
              },
            ]
          : [],
      }),
    })
    await windows.write('The word is secret, and this sentence is long enough to be judged as a window by itself. ')
    await windows.write('Then it goes on, and this second sentence is long enough as well to be judged alone too. ')
    await windows.finish()
    expect(state.visible).toMatch(/^The word is \[…\], and .* alone too\. $/)
  })
})

describe('guarded', () => {
  it('shows at once and withdraws what a slower layer objects to', async () => {
    let answer: (verdict: Awaited<ReturnType<WindowOptions['check']>>) => void = () => {}
    const { state, windows } = world({ mode: 'guarded', check: () => new Promise(resolve => (answer = resolve)) })
    const text = 'A sentence long enough to be judged as a window of its own, which takes some eighty units. '
    await windows.write(text)
    await windows.write('And on')
    expect(state.visible).toBe(`${text}And on`)
    answer({ action: 'replace', classes: [] })
    const finishing = windows.finish()
    answer({ action: 'replace', classes: [] })
    await finishing
    expect(state.visible).toBe('Sorry.')
    expect(windows.withdrawn).toBe(true)
  })

  it('goes on when a verdict does not come, and says so', async () => {
    const absent: unknown[] = []
    const { state, windows } = world({
      mode: 'guarded',
      check: () => Promise.reject(new Error('away')),
      onAbsent: error => absent.push(error),
    })
    await windows.write('Some text that is shown. ')
    await windows.finish()
    expect(state.visible).toBe('Some text that is shown. ')
    expect(absent).toHaveLength(1)
  })
})
