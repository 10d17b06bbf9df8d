import { expect, test } from 'vitest'
import { composeFaults } from './compose-rules.ts'
import type { Manifest } from './manifest.ts'
import { manifestFaults } from './manifest-rules.ts'
import { schemaFaults } from './schemas.ts'
import { dashboardFaults, dockerfileFaults } from './text-rules.ts'

const isUnknown = (name: string) => name === 'LUNA_NONSENSE'
const labels = { 'app.kubernetes.io/name': 'chat' }

const deployment = (pod: object = {}, container: object = {}): Manifest => ({
  kind: 'Deployment',
  metadata: { name: 'chat' },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        terminationGracePeriodSeconds: 60,
        ...pod,
        containers: [
          {
            name: 'chat',
            ports: [{ name: 'health', containerPort: 8081 }],
            readinessProbe: { httpGet: { port: 'health' } },
            ...container,
          },
        ],
      },
    },
  },
})
const service = (targetPort = 'health'): Manifest => ({
  kind: 'Service',
  metadata: { name: 'chat' },
  spec: { selector: labels, ports: [{ name: 'health', port: 8081, targetPort }] },
})
const budget: Manifest = {
  kind: 'PodDisruptionBudget',
  metadata: { name: 'chat' },
  spec: { selector: { matchLabels: labels } },
}
const check = (...manifests: Manifest[]) =>
  manifestFaults(manifests, { services: ['chat'], drainSeconds: 40, isUnknown }).join('\n')

test('manifests that hold together', () => {
  expect(check(deployment(), service(), budget)).toBe('')
})

test.each([
  ['a missing budget', [deployment(), service()], /PodDisruptionBudget\/chat is missing/],
  ['a kill in mid-drain', [deployment({ terminationGracePeriodSeconds: 30 }), service(), budget], /killed after 30 s/],
  ['a port that is not there', [deployment(), service('http'), budget], /leads to the port http/],
  [
    'a probe of no port',
    [deployment({}, { readinessProbe: { httpGet: { port: 'http' } } }), service(), budget],
    /a probe asks the port http/,
  ],
  [
    'a volume that is not there',
    [deployment({}, { volumeMounts: [{ name: 'data' }] }), service(), budget],
    /the volume data is not there/,
  ],
  [
    'settings that no schema has',
    [deployment({}, { env: [{ name: 'LUNA_NONSENSE' }] }), service(), budget],
    /sets LUNA_NONSENSE/,
  ],
  [
    'a ConfigMap that is not there',
    [deployment({}, { envFrom: [{ configMapRef: { name: 'x' } }] }), service(), budget],
    /ConfigMap\/x is missing/,
  ],
] as [string, Manifest[], RegExp][])('found: %s', (_, manifests, fault) => {
  expect(check(...manifests)).toMatch(fault)
})

test('a kind has its version and its fields', () => {
  expect(schemaFaults({ ...budget, apiVersion: 'policy/v1beta1' } as never).join()).toMatch(/apiVersion/)
  expect(schemaFaults({ kind: 'Namespace', apiVersion: 'v1', metadata: {}, spce: {} } as never).join()).toMatch(
    /additional properties/,
  )
  expect(schemaFaults({ kind: 'Pod' })[0]).toMatch(/is not one of/)
})

test('a compose file', () => {
  const chat = { build: { args: { SERVICE: 'chat' } }, environment: { NATS_URL: 'nats://nats:4222' } }
  const nats = { image: 'nats:2.12-alpine', healthcheck: {} }
  const faults = (services: object) => composeFaults({ services, volumes: {} } as never, ['chat'], isUnknown).join('\n')
  expect(faults({ chat, nats })).toBe('')
  expect(faults({ nats })).toMatch(/chat is missing/)
  expect(faults({ chat })).toMatch(/points to nats/)
  expect(faults({ chat: { ...chat, build: { args: { SERVICE: 'memory' } } }, nats })).toMatch(/SERVICE=chat/)
  expect(faults({ chat: { ...chat, environment: { LUNA_NONSENSE: '1' } }, nats })).toMatch(/LUNA_NONSENSE/)
  expect(faults({ chat: { ...chat, ports: ['8080:8080'] }, nats })).toMatch(/to the world/)
  expect(faults({ chat: { ...chat, volumes: ['files:/data'] }, nats })).toMatch(/volume files/)
  expect(faults({ chat, nats: { image: 'nats', healthcheck: {} } })).toMatch(/not pinned/)
})

test('a Dockerfile and a dashboard', () => {
  expect(dockerfileFaults('FROM node\nUSER root\n')).toHaveLength(6)
  const ask = (expr: string) => dashboardFaults('x.json', { expr }, new Set(['luna_call_ms']))
  expect(ask('rate(luna_call_ms_bucket[5m])')).toEqual([])
  expect(ask('rate(luna_cals_ms_bucket[5m])')).toHaveLength(1)
})
