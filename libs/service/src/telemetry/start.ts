import type { IncomingMessage, ServerResponse } from 'node:http'
import { metrics } from '@opentelemetry/api'
import { type DeferredMeters, deferMeters } from './deferred-meters.ts'

export interface Telemetry {
  /** Loads what keeps the numbers, which wait until then: called once the process is ready. */
  collect(): Promise<void>
  /** Answers `GET /metrics` in the Prometheus text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void
  stop(): Promise<void>
}

/**
 * The environment's OTEL settings say whether traces leave this process; metrics are always there to be scraped. Their
 * SDK, 0.1 s to load, comes when the process has time for it (`collect`), or is asked for them.
 */
export async function startTelemetry(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Telemetry> {
  const meters = deferMeters()
  metrics.setGlobalMeterProvider(meters)
  const traces = tracesWanted(env) ? await startTraces(service) : null
  let collecting: ReturnType<typeof startCollecting> | undefined
  const collect = () => (collecting ??= startCollecting(meters))
  return {
    async collect() {
      await collect()
    },
    serveMetrics(request, response) {
      collect().then(
        ({ exporter }) => exporter.getMetricsRequestHandler(request, response),
        () => response.writeHead(500).end(),
      )
    },
    async stop() {
      const collected = await collecting?.catch(() => null)
      await Promise.allSettled([collected?.provider.shutdown(), traces?.shutdown()])
    },
  }
}

async function startCollecting(meters: DeferredMeters) {
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics')
  const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus')
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [exporter] })
  meters.goTo(provider)
  return { exporter, provider }
}

const tracesWanted = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['OTEL_SDK_DISABLED'] !== 'true' &&
  (env['OTEL_TRACES_EXPORTER'] ?? 'otlp') !== 'none' &&
  Boolean(env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])

async function startTraces(service: string): Promise<{ shutdown(): Promise<void> }> {
  const { NodeSDK } = await import('@opentelemetry/sdk-node')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const sdk = new NodeSDK({ serviceName: `luna-${service}`, traceExporter: new OTLPTraceExporter() })
  sdk.start()
  return sdk
}
