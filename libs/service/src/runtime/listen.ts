import { type Contract, contracts, gateway } from '@luna/contracts'
import type { Bus, EventMessage, Subscription } from '../bus/index.ts'
import { AlreadyHandled } from '../database/index.ts'
import type { EventDelivery, Listener, SingleListener } from '../define/service-definition.ts'
import type { Logger } from '../log/logger.ts'
import type { RunTransaction } from '../outbox/transactions.ts'
import { eventDuration, eventsHandled } from '../telemetry/metrics.ts'
import { inSpan } from '../telemetry/propagation.ts'
import { readPayload } from './read-payload.ts'
import { createTogether } from './together.ts'

/** Milliseconds before each further try; after the last, a dead letter. */
export const retryBackoffMs = [250, 1_000, 3_000, 10_000, 30_000, 60_000] as const

/** Erasing itself must reach those who have erased the person already: it is asked, and answered, again and again. */
const aboutErasure: ReadonlySet<string> = new Set([
  gateway.events.accountErased.name,
  ...contracts.flatMap(({ events }) => ('erased' in events ? [events.erased.name] : [])),
])

export const listenerName = (service: string, event: string): string => `${service}--${event.replaceAll('.', '-')}`

export interface ListenDependencies<Context, Tables, C extends Contract> {
  service: string
  schema: string
  bus: Bus
  context: Context
  run: RunTransaction<Tables, C>
  log: Logger
}

/** Binds one line of `listens` to the bus: parse, hand over, and see to it that the inbox was used. */
export function startListener<Context, Tables, C extends Contract>(
  listener: Listener<Context, Tables, C>,
  { service, schema, bus, context, run, log }: ListenDependencies<Context, Tables, C>,
): Promise<Subscription> {
  const name = listenerName(service, listener.event.name)
  const handle =
    'together' in listener
      ? createTogether(listener, { name, context, run, log })
      : handleEach(listener, { name, schema, context, run })
  return bus.listen(
    {
      listener: name,
      event: listener.event.name,
      concurrency: 'together' in listener ? togetherInHand : (listener.options.concurrency ?? 32),
      ackWaitMs: 30_000,
      backoffMs: retryBackoffMs,
    },
    async ({ message, attempt }) => {
      const started = performance.now()
      let outcome = 'handled'
      try {
        await inSpan(
          `process ${message.name}`,
          { kind: 'consumer', parent: message.headers, attributes: { 'messaging.message.id': message.id } },
          () => handle(message, attempt),
        )
      } catch (error) {
        outcome = 'failed'
        log.warn({ err: error, event: message.name, eventId: message.id, attempt }, 'an event could not be handled')
        throw error
      } finally {
        eventsHandled.add(1, { listener: name, outcome })
        eventDuration.record(performance.now() - started, { listener: name })
      }
    },
  )
}

/** Deliveries in hand where they are handled together: several batches' worth. */
const togetherInHand = 256

function handleEach<Context, Tables, C extends Contract>(
  listener: SingleListener<Context, Tables, C>,
  { name, schema, context, run }: { name: string; schema: string; context: Context; run: RunTransaction<Tables, C> },
) {
  return async (message: EventMessage, attempt: number): Promise<void> => {
    const payload = readPayload(listener.event, message) as never
    let recorded = false
    const delivery: EventDelivery<Tables, C> = {
      eventId: message.id,
      attempt,
      at: new Date(message.headers['ce-time'] ?? 0),
      async once(scope, work) {
        recorded = true
        const alone = aboutErasure.has(message.name)
        const person = message.personId === null ? 'null' : `'${message.personId}'`
        const lock = alone ? `select pg_advisory_xact_lock(hashtextextended(${person}, 0)); ` : ''
        try {
          return await run(
            scope,
            work,
            `${lock}select ${schema}.once('${message.id}', '${name}', ${alone ? 'null' : person})`,
          )
        } catch (error) {
          if (error instanceof AlreadyHandled) return undefined
          throw error
        }
      },
    }
    await listener.handler(payload, context, delivery)
    if (!recorded)
      throw new Error(`The listener ${name} returned without delivery.once(): it cannot be handled exactly once.`)
  }
}
