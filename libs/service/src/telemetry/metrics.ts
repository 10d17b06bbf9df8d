import { type Meter, metrics } from '@opentelemetry/api'

/** An instrument asked for before telemetry has started would count nothing for ever, so each is made at its first use. */
function atFirstUse<T>(make: (meter: Meter) => T): () => T {
  let made: T | undefined
  return () => (made ??= make(metrics.getMeter('luna')))
}

/** The one place that names what Luna counts. Labels are classes, never ids. */
const counters = {
  eventsHandled: atFirstUse(meter =>
    meter.createCounter('luna_events_handled_total', { description: 'Events handled by a listener, by outcome.' }),
  ),
  eventDuration: atFirstUse(meter => meter.createHistogram('luna_event_handle_ms', { unit: 'ms' })),
  callsServed: atFirstUse(meter =>
    meter.createCounter('luna_calls_served_total', { description: 'Calls served, by name and error code.' }),
  ),
  callDuration: atFirstUse(meter => meter.createHistogram('luna_call_ms', { unit: 'ms' })),
  outboxShipped: atFirstUse(meter =>
    meter.createCounter('luna_outbox_shipped_total', {
      description: 'Outbox rows published, by kind and by path (at once, or by the sweep).',
    }),
  ),
}
type Labels = Readonly<Record<string, string>>

export const eventsHandled = { add: (n: number, labels: Labels) => counters.eventsHandled().add(n, labels) }
export const eventDuration = { record: (ms: number, labels: Labels) => counters.eventDuration().record(ms, labels) }
export const callsServed = { add: (n: number, labels: Labels) => counters.callsServed().add(n, labels) }
export const callDuration = { record: (ms: number, labels: Labels) => counters.callDuration().record(ms, labels) }
export const outboxShipped = { add: (n: number, labels: Labels) => counters.outboxShipped().add(n, labels) }
