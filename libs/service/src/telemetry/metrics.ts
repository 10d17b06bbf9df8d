import { metrics } from '@opentelemetry/api'

/** The one place that names what Luna counts. Labels are classes, never ids. */
const meter = metrics.getMeter('luna')

export const eventsHandled = meter.createCounter('luna_events_handled_total', {
  description: 'Events handled by a listener, by outcome.',
})
export const eventDuration = meter.createHistogram('luna_event_handle_ms', { unit: 'ms' })
export const callsServed = meter.createCounter('luna_calls_served_total', {
  description: 'Calls served, by name and error code.',
})
export const callDuration = meter.createHistogram('luna_call_ms', { unit: 'ms' })
export const outboxShipped = meter.createCounter('luna_outbox_shipped_total', {
  description: 'Outbox rows published, by kind and by path (at once, or by the sweep).',
})
