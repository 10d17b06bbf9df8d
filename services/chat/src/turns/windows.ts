import { LunaError, type Verdict } from '@luna/contracts'

/** What people see of an answer: written to, and taken back to a length in UTF-16 units. */
export interface Shown {
  write(text: string): void
  withdraw(keep: number): void
}

export interface WindowOptions {
  /**
   * `local`: shown at once, the rules have read it. `guarded`: shown at once and withdrawn when a slower layer objects.
   * `strict`: nothing is shown before its verdict.
   */
  mode: 'local' | 'guarded' | 'strict'
  shown: Shown
  /** The verdict on a stretch of text; `before` stands right before it. */
  check(text: string, before: string): Promise<Pick<Verdict, 'action' | 'classes'>>
  /** What follows where an answer is cut off. */
  substitute: string
  /** Told when a verdict did not come in guarded mode. */
  onAbsent(error: unknown): void
}

/** Shorter stretches wait for more, longer ones are cut at any place: a verdict on half a sentence is worth little. */
const leastUnits = 80
const mostUnits = 800
const contextUnits = 600
const sentenceEnd = /[.!?…。！？\n]["”’»)\]]*\s*$/u

/** Sends an answer past the layers that need time, in windows of whole sentences. */
export class Windows {
  readonly classes: string[] = []
  withdrawn = false
  readonly #options: WindowOptions
  /** All text that the rules have let through, shown or not. */
  #text = ''
  /** Where the present window begins, and up to where people see it. */
  #from = 0
  #shownTo = 0
  #stopped = false
  #checks: Promise<void> = Promise.resolve()

  constructor(options: WindowOptions) {
    this.#options = options
  }

  /** The answer was cut off: nothing more is taken. */
  get stopped(): boolean {
    return this.#stopped
  }

  /** @throws LunaError `moderation-unavailable` in strict mode when a verdict does not come */
  async write(text: string): Promise<void> {
    if (this.#stopped || text === '') return
    this.#text += text
    const { mode } = this.#options
    if (mode !== 'strict') this.#show(this.#text.length)
    if (mode === 'local') return
    const waiting = this.#text.length - this.#from
    if (waiting >= mostUnits || (waiting >= leastUnits && sentenceEnd.test(this.#text.slice(-20)))) await this.#close()
  }

  /** The rules have taken back all beyond `keep` units. */
  withdraw(keep: number): void {
    this.#text = this.#text.slice(0, keep)
    this.#from = Math.min(this.#from, keep)
    if (keep >= this.#shownTo) return
    this.withdrawn = true
    this.#shownTo = keep
    this.#options.shown.withdraw(keep)
  }

  /** What is left is judged; every verdict is in. @throws as {@link write} */
  async finish(): Promise<void> {
    if (!this.#stopped && this.#options.mode !== 'local' && this.#text.length > this.#from) await this.#close()
    await this.#checks
  }

  async #close(): Promise<void> {
    const from = this.#from
    const text = this.#text.slice(from)
    this.#from = this.#text.length
    const before = this.#text.slice(Math.max(0, from - contextUnits), from)
    if (this.#options.mode === 'guarded') {
      const judging = this.#options.check(text, before)
      judging.catch(() => {})
      this.#checks = this.#checks.then(async () => {
        try {
          this.#apply(await judging, from, text)
        } catch (error) {
          this.#options.onAbsent(error)
        }
      })
      return
    }
    let verdict: Awaited<ReturnType<WindowOptions['check']>>
    try {
      verdict = await this.#options.check(text, before)
    } catch (error) {
      this.#stopped = true
      throw new LunaError(
        'moderation-unavailable',
        'This answer cannot be checked at the moment, so it is not shown. Try again in a little while.',
        { cause: error },
      )
    }
    this.#apply(verdict, from, text)
    if (!this.#stopped) this.#show(from + text.length)
  }

  #apply({ action, classes }: Pick<Verdict, 'action' | 'classes'>, from: number, text: string): void {
    if (this.#stopped) return
    this.classes.push(...classes.map(found => found.class))
    if (action !== 'block' && action !== 'replace' && action !== 'mask') return
    this.#stopped = true
    const keep = action === 'block' ? 0 : from
    this.withdrawn ||= this.#shownTo > keep
    if (this.#shownTo > keep) this.#options.shown.withdraw(keep)
    else this.#show(keep)
    const rest = action === 'mask' ? masked(text, classes) : null
    this.#options.shown.write(rest ?? this.#options.substitute)
    if (rest === null) return
    // Masked words leave the answer standing: it goes on after them.
    this.#stopped = false
    this.#text = this.#text.slice(0, from) + rest + this.#text.slice(from + text.length)
    this.#from = from + rest.length
    this.#shownTo = this.#from
    if (this.#options.mode === 'guarded') this.#show(this.#text.length)
  }

  #show(upTo: number): void {
    if (upTo <= this.#shownTo) return
    this.#options.shown.write(this.#text.slice(this.#shownTo, upTo))
    this.#shownTo = upTo
  }
}

/** The stretch with what was found replaced; null when no place is known, so that nothing can be masked. */
function masked(text: string, classes: Verdict['classes']): string | null {
  const spans = classes.flatMap(({ span }) => (span ? [span] : [])).toSorted((a, b) => a[0] - b[0])
  if (spans.length === 0) return null
  let [result, at] = ['', 0]
  for (const [start, end] of spans) {
    if (start >= at) result += `${text.slice(at, start)}[…]`
    at = Math.max(at, end)
  }
  return result + text.slice(at)
}
