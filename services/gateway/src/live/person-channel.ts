import {
  type chat,
  type ErrorBody,
  LunaError,
  type memory,
  type moderation,
  type Payload,
  type personality,
  type plugins,
} from '@luna/contracts'

type PersonFrame =
  | Payload<typeof chat.feeds.personFrames>
  | Payload<typeof memory.feeds.personFrames>
  | Payload<typeof personality.feeds.personFrames>
  | Payload<typeof plugins.feeds.personFrames>
  | Payload<typeof moderation.feeds.personFrames>
export type Accepted = Extract<PersonFrame, { type: 'accepted' }>

/** Somebody who is there for a person: a socket, a stream. */
export interface Attendee {
  /** The session or API key it came with. */
  readonly proofId: string
  /** What has changed for the person: a frame as JSON text. */
  changed(text: string): void
  revoked(): void
}

/** What became of a submission. */
export interface Settlement {
  accepted(frame: Accepted): void
  refused(error: LunaError): void
}

/** What concerns one person in this process: shared by all sockets and requests of this person. */
export class PersonChannel {
  readonly personId: string
  readonly #attendees = new Set<Attendee>()
  readonly #awaited = new Map<string, Set<Settlement>>()

  constructor(personId: string) {
    this.personId = personId
  }

  attend(attendee: Attendee): () => void {
    this.#attendees.add(attendee)
    return () => void this.#attendees.delete(attendee)
  }

  /** Hears what becomes of the submission with this id, once. */
  expect(id: string, settlement: Settlement): () => void {
    const awaited = this.#awaited.get(id) ?? new Set()
    this.#awaited.set(id, awaited.add(settlement))
    return () => {
      awaited.delete(settlement)
      if (awaited.size === 0 && this.#awaited.get(id) === awaited) this.#awaited.delete(id)
    }
  }

  receive(text: string): void {
    const frame = JSON.parse(text) as PersonFrame
    if (frame.type === 'accepted') this.#settle(frame.id, settlement => settlement.accepted(frame))
    else if (frame.type === 'refused') this.#settle(frame.id, settlement => settlement.refused(refusal(frame.error)))
    else for (const attendee of this.#attendees) attendee.changed(text)
  }

  /** @param proofId null: all of the person's sessions have ended. */
  revoke(proofId: string | null): void {
    for (const attendee of this.#attendees) if (proofId === null || attendee.proofId === proofId) attendee.revoked()
  }

  #settle(id: string, tell: (settlement: Settlement) => void): void {
    const awaited = this.#awaited.get(id)
    this.#awaited.delete(id)
    for (const settlement of awaited ?? []) tell(settlement)
  }
}

const refusal = (error: ErrorBody): LunaError => LunaError.fromBody(error)
