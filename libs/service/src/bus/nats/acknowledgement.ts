import type { Msg, NatsConnection } from '@nats-io/nats-core'

/** What the reply subject of a delivery tells (ADR-15 of nats-architecture-and-design). */
export interface DeliveryInfo {
  stream: string
  /** 1 for the first delivery. */
  attempt: number
  streamSequence: number
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const ack = encode('+ACK')
const working = encode('+WPI')

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, or with domain and account hash
 * before the stream and a random token at the end. Null for anything else.
 */
export const parseDelivery = (reply: string | undefined): DeliveryInfo | null => {
  const tokens = reply?.split('.') ?? []
  if (tokens[0] !== '$JS' || tokens[1] !== 'ACK' || tokens.length < 9) return null
  const [stream, , attempt, streamSequence] = tokens.slice(tokens.length >= 11 ? 4 : 2)
  return { stream: stream!, attempt: Number(attempt), streamSequence: Number(streamSequence) }
}

/** Answers of a consumer to a delivery. They are not confirmed: what gets lost is delivered again. */
export const acknowledgement = (connection: NatsConnection, message: Msg) => {
  const send = (payload: Uint8Array) => {
    if (message.reply && !connection.isClosed()) connection.publish(message.reply, payload)
  }
  return {
    handled: () => send(ack),
    stillWorking: () => send(working),
    retryAfter: (milliseconds: number) => send(encode(`-NAK {"delay": ${Math.round(milliseconds * 1e6)}}`)),
  }
}
