import { trace } from '@opentelemetry/api'
import { pino } from 'pino'

export type Logger = pino.Logger

export interface LogOptions {
  service: string
  level: string
  /** Where lines go; standard output by default. */
  destination?: pino.DestinationStream
}

/** Paths that are never written, whoever logs them: secrets, and what people say. */
const redacted = [
  'authorization',
  'cookie',
  'password',
  'token',
  'apiKey',
  'secret',
  'text',
  'content',
  'headers.authorization',
  'headers.cookie',
  '*.password',
  '*.token',
  '*.apiKey',
  '*.text',
  '*.content',
]

/** JSON lines with service and trace ids; no message text, no secrets. */
export const createLogger = ({ service, level, destination }: LogOptions): Logger =>
  pino(
    {
      level,
      base: { name: service },
      redact: { paths: redacted, censor: '[left out]' },
      mixin() {
        const span = trace.getActiveSpan()?.spanContext()
        return span ? { traceId: span.traceId, spanId: span.spanId } : {}
      },
    },
    destination ?? pino.destination({ fd: 2, sync: false }),
  )
