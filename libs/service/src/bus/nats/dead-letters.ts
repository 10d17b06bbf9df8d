import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream'
import type { DeadLetter, DeadLetters, EventMessage } from '../types.ts'
import type { StoredMessage, StreamPublisher } from './publisher.ts'
import { deadLetterSubject, nameOf, redeliverySubject, streams } from './subjects.ts'
import { eventHeaders, eventOf } from './wire-headers.ts'

const attemptsHeader = 'Luna-Attempts'
const reasonHeader = 'Luna-Reason'
const readAtOnce = 32

/** A dead letter is the event with why and for whom it died. */
export const deadLetterOf = (
  id: string,
  listener: string,
  event: EventMessage,
  attempts: number,
  reason: string,
): StoredMessage => ({
  subject: deadLetterSubject(listener, event.name, event.personId),
  id,
  headers: {
    ...event.headers,
    ...eventHeaders(event),
    [attemptsHeader]: String(attempts),
    [reasonHeader]: reason.replace(/[^\x20-\x7e]/g, '?'),
  },
  data: event.data,
})

/** Dead letters lie in a stream; their id is their sequence number there. */
export const createDeadLetters = (manager: JetStreamManager, publisher: StreamPublisher): DeadLetters => {
  const read = (sequence: number): Promise<StoredMsg | null> =>
    manager.streams.getMessage(streams.deadLetters, { seq: sequence })

  return {
    async list({ limit, before }) {
      const { state } = await manager.streams.info(streams.deadLetters, { deleted_details: true })
      const missing = new Set(state.deleted ?? [])
      const letters: DeadLetter[] = []
      let next = Math.min(state.last_seq, before === undefined ? state.last_seq : Number(before) - 1)
      while (state.messages > 0 && letters.length < limit && next >= state.first_seq) {
        const wanted: number[] = []
        const most = Math.min(readAtOnce, limit - letters.length)
        for (; wanted.length < most && next >= state.first_seq; next -= 1) if (!missing.has(next)) wanted.push(next)
        const found = await Promise.all(wanted.map(read))
        for (const stored of found) if (stored) letters.push(letterOf(stored))
      }
      return letters
    },
    async redeliver(id) {
      const stored = await read(sequenceOf(id))
      if (!stored) return false
      const letter = letterOf(stored)
      const event = eventOf(stored.subject, stored.header, stored.string())
      await publisher.store({
        subject: redeliverySubject(letter.listener, letter.event, letter.personId),
        id: `redeliver.${id}.${letter.at.getTime()}`,
        headers: { ...event.headers, ...eventHeaders(event) },
        data: event.data,
      })
      await remove(manager, id)
      return true
    },
    remove: id => remove(manager, id),
  }
}

/** Sequence numbers begin at 1. */
const sequenceOf = (id: string): number => (/^[1-9][0-9]{0,14}$/.test(id) ? Number(id) : Number.MAX_SAFE_INTEGER)

const remove = async (manager: JetStreamManager, id: string): Promise<boolean> => {
  try {
    return await manager.streams.deleteMessage(streams.deadLetters, sequenceOf(id))
  } catch (error) {
    if (error instanceof JetStreamApiError) return false
    throw error
  }
}

const letterOf = (stored: StoredMsg): DeadLetter => {
  const event = eventOf(stored.subject, stored.header, '')
  return {
    id: String(stored.seq),
    listener: nameOf(stored.subject.split('.')[1] ?? ''),
    event: event.name,
    eventId: event.id,
    personId: event.personId,
    attempts: Number(stored.header.get(attemptsHeader)),
    reason: stored.header.get(reasonHeader),
    at: stored.time,
  }
}
