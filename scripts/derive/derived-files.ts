import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { read, root } from '../repository.ts'
import { asyncApi } from './asyncapi.ts'
import { betweenMarkers } from './between-markers.ts'
import { envExample } from './env-example.ts'
import { type Lock, makeLock } from './lock.ts'
import { contractMap } from './map.ts'
import { natsAccounts } from './nats-accounts.ts'
import { serviceTable } from './service-table.ts'
import { faces } from './services.ts'
import { readSettings } from './settings.ts'
import { readTraffic, trafficFaults } from './traffic.ts'

export interface DerivedFile {
  path: string
  content: string
}

export interface Derived {
  files: readonly DerivedFile[]
  lock: Lock
  document: Record<string, unknown>
  /** What is wrong with the contracts themselves. */
  faults: readonly string[]
}

export const lockPath = 'libs/contracts/contracts.lock.json'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Everything that follows from contracts, faces and configuration schemas. */
export function derive(): Derived {
  const traffic = readTraffic()
  const lock = makeLock()
  const document = asyncApi(traffic)
  const marked = (path: string, content: string): DerivedFile => {
    if (!existsSync(join(root, path))) throw new Error(`${path} is missing; write it first, with the contract markers.`)
    return { path, content: betweenMarkers(read(path), 'contract', content) }
  }
  return {
    lock,
    document,
    faults: trafficFaults(traffic),
    files: [
      { path: 'docs/asyncapi.json', content: json(document) },
      { path: lockPath, content: json(lock) },
      { path: 'deploy/k8s/base/accounts.conf', content: natsAccounts(traffic) },
      { path: '.env.example', content: envExample(readSettings()) },
      marked('ARCHITECTURE.md', contractMap(traffic, faces)),
      ...faces.map(face => marked(`services/${face.name}/README.md`, serviceTable(face, traffic))),
    ],
  }
}
