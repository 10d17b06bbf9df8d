import { type Attributes, type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api'
import { afterEach, expect, test } from 'vitest'
import { createModels } from './models.ts'

interface Seen {
  name: string
  attributes: Attributes
  events: string[]
  isEnded: boolean
}

/** A tracer that notes everything it is told. */
function recordSpans(): Seen[] {
  const seen: Seen[] = []
  const startSpan = (name: string, options: SpanOptions = {}) => {
    const note: Seen = { name, attributes: { ...options.attributes }, events: [], isEnded: false }
    seen.push(note)
    const span = {
      setAttribute: (key: string, value: string) => Object.assign(note.attributes, { [key]: value }),
      setAttributes: (more: Attributes) => Object.assign(note.attributes, more),
      addEvent: (event: string) => note.events.push(event),
      setStatus: () => {},
      end: () => {
        note.isEnded = true
      },
    }
    return span as unknown as Span
  }
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) as unknown as Tracer })
  return seen
}

afterEach(() => trace.disable())

test('a request makes one span by the GenAI conventions, with no text in it', async () => {
  const seen = recordSpans()
  const models = createModels({ providers: [] })
  for await (const event of models.stream({ messages: [{ role: 'user', content: 'I love canaries' }] })) void event
  await models.close()
  expect(seen).toEqual([
    {
      name: 'chat luna-listener',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'built-in',
        'gen_ai.request.model': 'luna-listener',
        'gen_ai.usage.input_tokens': expect.any(Number),
        'gen_ai.usage.output_tokens': expect.any(Number),
        'gen_ai.response.finish_reasons': ['stop'],
        'luna.attempt': 1,
      },
      events: ['gen_ai.first_token'],
      isEnded: true,
    },
  ])
  expect(JSON.stringify(seen)).not.toContain('canar')
})
