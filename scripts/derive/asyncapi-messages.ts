import type { CallDefinition, EventDefinition, FeedDefinition } from '@luna/contracts'
import { type JsonSchema, referringSchema } from './json-schema.ts'
import type { Frame } from './messages.ts'

export type Components = Map<string, JsonSchema>

const header = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...more })

const trace = {
  traceparent: header('W3C trace context.'),
  tracestate: header('W3C trace context.'),
}

/** CloudEvents 1.0, binary mode, as the outbox writes them. */
const cloudEventHeaders = (definition: EventDefinition, source: string): JsonSchema => ({
  type: 'object',
  properties: {
    'ce-specversion': header('CloudEvents version.', { const: '1.0' }),
    'ce-id': header('The event id: the key of idempotency.', { format: 'uuid' }),
    'ce-source': header('Who published it.', { const: source }),
    'ce-type': header('The name of the event.', { const: definition.name }),
    'ce-time': header('When it was published; never an order.', { format: 'date-time' }),
    'content-type': header('How the payload is written.', { const: 'application/json' }),
    ...trace,
  },
  required: ['ce-specversion', 'ce-id', 'ce-source', 'ce-type', 'ce-time', 'content-type'],
})

const callHeaders: JsonSchema = {
  type: 'object',
  properties: {
    scope: header('On whose behalf: `system`, `person <id>`, `workspace <person> <id>` or `moderator <id>`.'),
    'request-id': header('Of the request at the edge that caused it.'),
    ...trace,
  },
  required: ['scope'],
}

const json = 'application/json'

export const eventMessage = (definition: EventDefinition, owner: string, components: Components) => ({
  name: definition.name,
  summary: definition.summary,
  contentType: json,
  headers: cloudEventHeaders(definition, `/luna/${owner}`),
  payload: referringSchema(definition.schema, components),
})

export const feedMessage = (definition: FeedDefinition, components: Components) => ({
  name: definition.name,
  summary: definition.summary,
  contentType: json,
  payload: referringSchema(definition.schema, components),
})

export const requestMessage = (definition: CallDefinition, components: Components) => ({
  name: definition.name,
  summary: definition.summary,
  contentType: json,
  headers: callHeaders,
  payload: referringSchema(definition.input, components),
})

export const replyMessage = (definition: CallDefinition, components: Components) => ({
  name: `${definition.name}.reply`,
  summary: `The answer to ${definition.name}; an error comes with the same body as everywhere (ErrorBody).`,
  contentType: json,
  payload: referringSchema(definition.output, components),
})

export const frameMessage = ({ sender, name, schema }: Frame, components: Components) => ({
  name,
  summary: `Sent by the ${sender}.`,
  contentType: json,
  payload: referringSchema(schema, components),
})
