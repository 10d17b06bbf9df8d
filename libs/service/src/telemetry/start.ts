import type { IncomingMessage, ServerResponse } from 'node:http'
import { metrics } from '@opentelemetry/api'

export interface Telemetry {
  /** Answers `GET /metrics` in the Prometheus text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void
  stop(): Promise<void>
}

/** The environment's OTEL settings say whether traces leave this process; metrics are always there to be scraped. */
export async function startTelemetry(
  service: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Telemetry> {
  const { MeterProvider } = await import('@opentelemetry/sdk-metrics')
  const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus')
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [exporter] })
  metrics.setGlobalMeterProvider(provider)
  const traces = tracesWanted(env) ? await startTraces(service) : null
  return {
    serveMetrics: (request, response) => exporter.getMetricsRequestHandler(request, response),
    async stop() {
      await Promise.allSettled([provider.shutdown(), traces?.shutdown()])
    },
  }
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
