import type { Usage } from '@luna/contracts'
import {
  type Attributes,
  context,
  type Meter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { FinishReason, ModelRoute } from './events.ts'
import type { ProviderFault } from './provider/fault.ts'

/** The OpenTelemetry GenAI semantic conventions for one request to a model. Holds numbers and names, never a text. */
export interface ModelTelemetry {
  start(operation: Operation, route: ModelRoute): RequestSpan
}

export type Operation = 'chat' | 'embeddings'

export interface RequestSpan {
  firstToken(): void
  end(outcome: { usage?: Usage | undefined; reason?: FinishReason; fault?: ProviderFault }): void
}

/** Without an SDK in the process every call here does nothing. */
export function createTelemetry(
  elapsed: () => number,
  meter: Meter = metrics.getMeter('@luna/models'),
): ModelTelemetry {
  const tracer = trace.getTracer('@luna/models')
  const duration = meter.createHistogram('gen_ai.client.operation.duration', { unit: 's' })
  const tokens = meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}' })
  const firstToken = meter.createHistogram('gen_ai.client.operation.time_to_first_chunk', { unit: 's' })
  return {
    start(operation, route) {
      const attributes: Attributes = {
        'gen_ai.operation.name': operation,
        'gen_ai.provider.name': route.provider,
        'gen_ai.request.model': route.model,
      }
      const span: Span = tracer.startSpan(
        `${operation} ${route.model}`,
        { kind: SpanKind.CLIENT, attributes: { ...attributes, 'luna.attempt': route.attempt } },
        context.active(),
      )
      const started = elapsed()
      const seconds = () => (elapsed() - started) / 1000
      return {
        firstToken() {
          firstToken.record(seconds(), attributes)
          span.addEvent('gen_ai.first_token')
        },
        end({ usage, reason, fault }) {
          const failed = fault ? { 'error.type': errorType(fault) } : {}
          duration.record(seconds(), { ...attributes, ...failed })
          if (usage) {
            span.setAttributes({
              'gen_ai.usage.input_tokens': usage.promptTokens,
              'gen_ai.usage.output_tokens': usage.completionTokens,
            })
            tokens.record(usage.promptTokens, { ...attributes, 'gen_ai.token.type': 'input' })
            tokens.record(usage.completionTokens, { ...attributes, 'gen_ai.token.type': 'output' })
          }
          if (reason) span.setAttribute('gen_ai.response.finish_reasons', [reason])
          if (fault && fault.facts.kind !== 'cancelled')
            span.setStatus({ code: SpanStatusCode.ERROR, message: fault.facts.reason })
          span.setAttributes(failed)
          span.end()
        },
      }
    },
  }
}

function errorType(fault: ProviderFault): string {
  return fault.facts.status === undefined ? fault.facts.kind : String(fault.facts.status)
}
