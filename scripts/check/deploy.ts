/** What surrounds the code, checked without a network: manifests, compose file, Dockerfile, dashboards, documents. */
import { spawnSync } from 'node:child_process'
import { parse, parseAllDocuments } from 'yaml'
import { owners } from '../derive/messages.ts'
import { filesBelow, isProduction, read, root } from '../repository.ts'
import { type Compose, composeFaults } from './deploy/compose-rules.ts'
import type { Manifest } from './deploy/manifest.ts'
import { manifestFaults } from './deploy/manifest-rules.ts'
import { schemaFaults } from './deploy/schemas.ts'
import { dashboardFaults, dockerfileFaults, documentFaults } from './deploy/text-rules.ts'
import { unrenderedFaults } from './deploy/unrendered.ts'

const faults: string[] = []
const drainMs = Number(
  /patienceMs = ([\d_]+)/.exec(read('libs/service/src/runtime/shutdown.ts'))?.[1]?.replaceAll('_', ''),
)
if (!(drainMs > 0))
  faults.push('libs/service/src/runtime/shutdown.ts no longer says patienceMs: how long does a drain take?')

for (const path of filesBelow('deploy', /\.ya?ml$/))
  for (const { errors } of parseAllDocuments(read(path)))
    faults.push(...errors.map(error => `${path}: ${error.message}`))

const canRender = spawnSync('kubectl', ['version', '--client']).status === 0
if (!canRender) {
  process.stdout.write('skipped: needs-kubectl: rendering the overlays (no kubectl on the PATH)\n')
  faults.push(...unrenderedFaults('deploy/k8s'))
}
for (const overlay of canRender ? ['dev', 'production'] : []) {
  const path = `deploy/k8s/overlays/${overlay}`
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', path], { cwd: root, encoding: 'utf8' })
  if (status !== 0) {
    faults.push(`${path} cannot be rendered: ${stderr.trim()}`)
    continue
  }
  const manifests = parseAllDocuments(stdout).map(document => document.toJS() as Manifest)
  faults.push(
    ...manifests.flatMap(each =>
      schemaFaults(each).map(fault => `${path}: ${each.kind}/${each.metadata.name}: ${fault}`),
    ),
    ...manifestFaults(manifests, { services: owners, drainSeconds: drainMs / 1_000 }).map(fault => `${path}: ${fault}`),
  )
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose
faults.push(...composeFaults(compose, owners).map(fault => `docker-compose.yml: ${fault}`))
faults.push(...dockerfileFaults(read('Dockerfile')))
for (const path of filesBelow('deploy', /nats\.conf$/))
  if (!/^\s*sync_interval: always$/m.test(read(path)))
    faults.push(`${path} acknowledges before it has written: sync_interval: always`)

const metrics = new Set(
  ['libs/service/src', 'libs/models/src']
    .flatMap(folder => filesBelow(folder, /\.ts$/).filter(isProduction))
    .flatMap(path => [...read(path).matchAll(/create(?:Counter|Histogram|\w*Gauge|UpDownCounter)\(\s*'([^']+)'/g)])
    .map(match => (match[1] ?? '').replaceAll('.', '_')),
)
for (const path of filesBelow('deploy/dashboards', /\.json$/))
  faults.push(...dashboardFaults(path, JSON.parse(read(path)), metrics))

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...['docs', 'deploy', 'services', 'libs'].flatMap(folder => filesBelow(folder, /\.md$/)),
]
for (const path of documents) faults.push(...documentFaults(path, read(path), root))

if (faults.length > 0) {
  process.stderr.write(`${faults.map(fault => `  - ${fault}`).join('\n')}\n`)
  process.exitCode = 1
} else
  process.stdout.write(
    `deploy: manifests, compose file, Dockerfile, dashboards and ${documents.length} documents hold together\n`,
  )
