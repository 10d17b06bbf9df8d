import {
  describeWith,
  type FakeModel,
  type FakeModelOptions,
  type NeededServer,
  needNats,
  type RunningLuna,
  type StartLunaOptions,
  startFakeModel,
  startLuna,
} from '@luna/testing'
import { afterAll, beforeAll, describe } from 'vitest'

/** A Luna and the model behind it, running while the tests of a file run. */
export interface System {
  readonly luna: RunningLuna
  readonly model: FakeModel
}

export type SystemOptions = Omit<StartLunaOptions, 'modelUrl' | 'databaseUrl'> & {
  model?: FakeModelOptions
  /** Asked when Luna starts. */
  databaseUrl?: () => string
  /** Settings that name the fake model, in place of the usual names. */
  envOf?: (model: FakeModel) => Record<string, string>
}

/** Starts Luna and a fake model before the tests of the suite, and stops them after. */
export function useLuna({ model: modelOptions, envOf, databaseUrl, ...options }: SystemOptions): System {
  let luna: RunningLuna | undefined
  let model: FakeModel | undefined
  beforeAll(async () => {
    model = await startFakeModel(modelOptions)
    const env = envOf?.(model) ?? options.env ?? {}
    const modelUrl = envOf ? {} : { modelUrl: model.url }
    const database = databaseUrl ? { databaseUrl: databaseUrl() } : {}
    const sharedPostgres = options.sharedPostgres ?? options.dataDir === undefined
    luna = await startLuna({ ...options, sharedPostgres, ...database, ...modelUrl, env })
  })
  afterAll(async () => {
    await luna?.stop()
    await model?.stop()
  })
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Luna runs only while tests run: use it inside of them.')
    return value
  }
  return {
    get luna() {
      return started(luna)
    },
    get model() {
      return started(model)
    },
  }
}

/** A suite on Luna as processes on a NATS of its own, which may be killed; without NATS it is skipped by name. */
export async function describeDistributed(
  title: string,
  options: Omit<SystemOptions, 'topology' | 'nats'>,
  suite: (system: System, nats: NeededServer) => void,
): Promise<void> {
  describeWith(await needNats({ own: true }), `${title} (distributed)`, nats => {
    suite(useLuna({ ...options, topology: 'distributed', nats }), nats)
  })
}

/** The same suite on Luna as one process and as processes on NATS. */
export async function describeBoth(
  title: string,
  options: Omit<SystemOptions, 'topology' | 'nats'>,
  suite: (system: System) => void,
): Promise<void> {
  describe(`${title} (embedded)`, () => {
    suite(useLuna({ ...options, topology: 'embedded' }))
  })
  await describeDistributed(title, options, suite)
}
