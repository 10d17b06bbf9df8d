import type { NeededServer, RunningLuna } from '@luna/testing'
import type { DatabaseServer } from '../kit/database-server.ts'
import type { Figures, LoadOptions, Progress } from '../kit/load.ts'
import type { System } from '../kit/luna.ts'
import type { Link } from '../kit/slow-link.ts'

/** What the faults of the matrix are made with; the running things are there once the tests run. */
export interface FaultTools {
  readonly system: System
  readonly nats: NeededServer
  readonly redis: NeededServer
  /** The way of the services to Redis. */
  readonly links: { redis?: Link }
  readonly database: { server?: DatabaseServer }
  readonly random: () => number
  load(
    trouble: (progress: Progress) => Promise<void>,
    options?: Partial<LoadOptions>,
    luna?: RunningLuna,
  ): Promise<Figures>
  inTheMiddle(progress: Progress, share: number): Promise<unknown>
}
