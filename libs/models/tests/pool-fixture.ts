import type { LunaError } from '@luna/contracts'
import {
  type ChatRequest,
  createModels,
  type ModelEvent,
  type ModelLimits,
  type Models,
  type ProviderConfig,
  resolveProvider,
  type StreamOptions,
} from '@luna/models'
import { type FakeModel, startFakeModel } from '@luna/testing'

/** Fake model servers and the pool before them; everything is closed at the end of the test's `using`. */
export interface PoolFixture extends AsyncDisposable {
  models: Models
  fakes: readonly FakeModel[]
}

export const ask = (text: string): ChatRequest => ({ messages: [{ role: 'user', content: text }] })

export async function startPool(
  options: { count?: number; limits?: Partial<ModelLimits>; config?: (i: number) => Partial<ProviderConfig> } = {},
): Promise<PoolFixture> {
  const fakes = await Promise.all(Array.from({ length: options.count ?? 1 }, () => startFakeModel()))
  const models = createModels({
    providers: fakes.map((fake, i) =>
      resolveProvider(
        { name: `p${i + 1}`, baseURL: fake.url, models: { chat: 'fake' }, firstTokenMs: 5_000, ...options.config?.(i) },
        {},
      ),
    ),
    limits: { maxWaitMs: 2_000, ...options.limits },
  })
  return {
    models,
    fakes,
    async [Symbol.asyncDispose]() {
      await Promise.all(fakes.map(fake => fake.stop()))
      await models.close()
    },
  }
}

export interface Heard {
  events: ModelEvent[]
  /** The text that stands: what came since the last route or restart. */
  text: string
  finish: Extract<ModelEvent, { type: 'finish' }> | undefined
  error: LunaError | undefined
}

/** Listens to a stream to its end, whatever it is. */
export async function hear(
  models: Models,
  request: ChatRequest,
  options: StreamOptions & { onEvent?: (event: ModelEvent) => void } = {},
): Promise<Heard> {
  const heard: Heard = { events: [], text: '', finish: undefined, error: undefined }
  try {
    for await (const event of models.stream(request, options)) {
      heard.events.push(event)
      if (event.type === 'route' || event.type === 'restart') heard.text = ''
      if (event.type === 'delta') heard.text += event.text
      if (event.type === 'finish') heard.finish = event
      options.onEvent?.(event)
    }
  } catch (error) {
    heard.error = error as LunaError
  }
  return heard
}

export const types = (heard: Heard) => heard.events.map(event => event.type)
