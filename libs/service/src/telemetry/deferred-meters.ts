import { type Attributes, createNoopMeter, type Meter, type MeterProvider } from '@opentelemetry/api'

export interface DeferredMeters extends MeterProvider {
  /** From now on the provider counts, beginning with all that was counted before. */
  goTo(provider: MeterProvider): void
}

type Made = ((value: number, attributes?: Attributes) => void) | null

/** Meters whose numbers wait for a provider that is not loaded yet. Observable instruments see nothing here. */
export function deferMeters(): DeferredMeters {
  let real: MeterProvider | null = null
  let waiting: (() => void)[] = []

  function later(make: (provider: MeterProvider) => NonNullable<Made>) {
    let made: Made = null
    const count = (value: number, attributes?: Attributes): void => {
      if (real) (made ??= make(real))(value, attributes)
      else waiting.push(() => count(value, attributes))
    }
    return count
  }

  return {
    goTo(provider) {
      real = provider
      const counted = waiting
      waiting = []
      for (const again of counted) again()
    },
    getMeter(...which): Meter {
      const meter = createNoopMeter()
      return Object.assign(meter, {
        createCounter: (...of) => ({
          add: later(provider => {
            const counter = provider.getMeter(...which).createCounter(...of)
            return (value, attributes) => counter.add(value, attributes)
          }),
        }),
        createUpDownCounter: (...of) => ({
          add: later(provider => {
            const counter = provider.getMeter(...which).createUpDownCounter(...of)
            return (value, attributes) => counter.add(value, attributes)
          }),
        }),
        createHistogram: (...of) => ({
          record: later(provider => {
            const histogram = provider.getMeter(...which).createHistogram(...of)
            return (value, attributes) => histogram.record(value, attributes)
          }),
        }),
      } satisfies Partial<Meter>)
    },
  }
}
