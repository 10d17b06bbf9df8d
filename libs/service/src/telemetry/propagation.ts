import { type Context, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Headers } from '../bus/index.ts'

const tracer = trace.getTracer('luna')

/** Headers with the W3C trace context of what is going on now. */
export function withTrace(headers: Headers): Headers {
  const carrier: Record<string, string> = { ...headers }
  propagation.inject(context.active(), carrier)
  return carrier
}

export interface SpanOptions {
  kind: 'consumer' | 'server' | 'client' | 'producer' | 'internal'
  /** Ids, numbers and classes only. */
  attributes?: Record<string, string | number | boolean>
  /** Headers of the message that caused this: its trace goes on. */
  parent?: Headers
}

const kinds: Record<SpanOptions['kind'], SpanKind> = {
  consumer: SpanKind.CONSUMER,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  internal: SpanKind.INTERNAL,
}

const parentOf = (parent: Headers | undefined): Context =>
  parent ? propagation.extract(context.active(), parent) : context.active()

/** Runs `work` inside a span; an error marks it and goes on. Costs next to nothing when telemetry is off. */
export function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(
    name,
    { kind: kinds[options.kind], ...(options.attributes ? { attributes: options.attributes } : {}) },
    parentOf(options.parent),
    async span => {
      try {
        return await work()
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
        throw error
      } finally {
        span.end()
      }
    },
  )
}
