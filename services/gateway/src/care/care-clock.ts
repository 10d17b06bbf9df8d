import type { CareDesk } from './desk.ts'

/** How often a socket that is in use is looked at. */
const everyMs = 60_000

/** Says on a socket what is due: at its start, and while the person writes. */
export class CareClock {
  readonly #desk: CareDesk
  readonly #say: (text: string) => void
  #lookedMs = Number.NEGATIVE_INFINITY
  #used = true

  /** @param say tells all sockets of the person */
  constructor(desk: CareDesk, say: (text: string) => void) {
    this.#desk = desk
    this.#say = say
  }

  /** The person has written. */
  used(): void {
    this.#used = true
  }

  /** To be called now and then: looks at most once a minute, and only at who uses it. */
  tick(nowMs: number, personId: string, languages: string | undefined): void {
    if (!this.#used || nowMs - this.#lookedMs < everyMs) return
    this.#lookedMs = nowMs
    this.#used = false
    void this.#desk.seen(personId, languages).then(notices => {
      for (const notice of notices) this.#say(JSON.stringify(notice))
    })
  }
}
