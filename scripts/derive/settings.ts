import { presets } from '@luna/models'
import { platformConfig } from '@luna/service'
import { z } from 'zod'
import { root } from '../repository.ts'
import { faces } from './services.ts'

/** One name of the environment. */
export interface Setting {
  name: string
  /** Who reads it: `platform`, `models`, `telemetry` or a service. */
  part: string
  description: string
  /** As one would write it; empty when there is none. */
  fallback: string
  choices: readonly string[]
}

/** The object below `.transform(...)`, `.superRefine(...)` and `.default(...)`. */
function shapeOf(schema: unknown): Readonly<Record<string, z.ZodType>> {
  let inner = schema
  while (inner instanceof z.ZodPipe) inner = inner.in
  if (!(inner instanceof z.ZodObject))
    throw new Error('A config.ts must be a z.object(...), transformed or not, so that its settings can be listed.')
  return inner.shape as Record<string, z.ZodType>
}

function settingOf(part: string, name: string, schema: z.ZodType): Setting {
  const {
    description,
    default: written,
    enum: choices,
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  if (!description) throw new Error(`${name} (${part}) has no .describe(...): say what it means in its config.ts.`)
  const parsed = schema.safeParse(undefined)
  const fallback = written ?? (parsed.success && !Array.isArray(parsed.data) ? parsed.data : undefined)
  return {
    part,
    name,
    description,
    fallback: fallback === undefined ? '' : asText(fallback).replace(root, ''),
    choices: (choices ?? []).map(String),
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** @luna/models reads the usual names of each provider, without a schema. */
const modelSettings: readonly Setting[] = [
  ['LUNA_MODEL', 'The chat model of the first provider.'],
  ['LUNA_EMBEDDING_MODEL', 'A model for embeddings; switches vectors on.'],
  ['OPENAI_BASE_URL', 'Any OpenAI-compatible server, usually ending in /v1.'],
  ...Object.entries(presets).flatMap(([name, { keyName }]): [string, string][] =>
    keyName ? [[keyName, `Key for ${name}.`]] : [],
  ),
  [
    'LUNA_PROVIDERS',
    'JSON or a file with it: [{name, baseURL, apiKey, models: {chat, small?, embedding?}, priority?, weight?, firstTokenMs?}].',
  ],
].map(([name, description]) => ({
  part: 'models',
  name: name ?? '',
  description: description ?? '',
  fallback: '',
  choices: [],
}))

const telemetrySettings: readonly Setting[] = [
  {
    part: 'telemetry',
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description: 'Where traces go (OTLP over HTTP); the other standard OTEL names hold too.',
    fallback: '',
    choices: [],
  },
  { part: 'telemetry', name: 'OTEL_SDK_DISABLED', description: '`true` sends no traces.', fallback: '', choices: [] },
]

/** Every setting there is, each once: the platform's, then the models', then each service's own. */
export function readSettings(): readonly Setting[] {
  const parts: [string, unknown][] = [
    ['platform', platformConfig],
    ...faces.map(face => [face.name, face.config] as [string, unknown]),
  ]
  const [platform = [], ...services] = parts.map(([part, schema]) =>
    Object.entries(shapeOf(schema)).map(([name, each]) => settingOf(part, name, each)),
  )
  const seen = new Set<string>()
  return [...platform, ...modelSettings, ...services.flat(), ...telemetrySettings].filter(
    ({ name }) => !seen.has(name) && seen.add(name),
  )
}
