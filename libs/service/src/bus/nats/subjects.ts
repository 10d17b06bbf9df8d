/** Names on the NATS side. A listener or event is one token of a subject or a consumer's name: dots become underscores. */

export const streams = {
  /** Events, until every listener has handled them. */
  events: 'LUNA_EVENTS',
  /** Events with personal text, until their one listener has handled them. */
  sealed: 'LUNA_SEALED',
  /** What is sent again to one listener. */
  redeliveries: 'LUNA_REDELIVERIES',
  deadLetters: 'LUNA_DEAD_LETTERS',
  /** Frames of replayed feeds, in memory. */
  feeds: 'LUNA_FEEDS',
} as const

/** Each barrier takes the place of the one before; see replay.ts. */
export const feedBarrier = 'luna.feed-barrier'

const nobody = '_'

export const tokenOf = (name: string): string => name.replaceAll('.', '_')

export const nameOf = (token: string): string => token.replaceAll('_', '.')

export const eventSubject = (event: string, personId: string | null): string => `${event}.${personId ?? nobody}`

export const allOf = (name: string): string => `${name}.*`

export const redeliverySubject = (listener: string, event: string, personId: string | null): string =>
  `redeliver.${tokenOf(listener)}.${tokenOf(event)}.${personId ?? nobody}`

export const deadLetterSubject = (listener: string, event: string, personId: string | null): string =>
  `dead.${tokenOf(listener)}.${tokenOf(event)}.${personId ?? nobody}`

/** The person that the last token of a subject names. */
export const personOf = (subject: string): string | null => {
  const token = subject.slice(subject.lastIndexOf('.') + 1)
  return token === nobody ? null : token
}

/** What is sent again and what is dead about a person: of one event, or of all (null). */
export const personSubjects = (event: string | null, personId: string) => ({
  redeliveries: `redeliver.*.${event === null ? '*' : tokenOf(event)}.${personId}`,
  deadLetters: `dead.*.${event === null ? '*' : tokenOf(event)}.${personId}`,
})
