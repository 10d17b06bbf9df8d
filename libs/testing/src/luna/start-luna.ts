import { startDistributed } from './distributed.ts'
import { startEmbedded } from './embedded.ts'
import type { RunningLuna, StartLunaOptions } from './running-luna.ts'

/** Starts the whole of Luna from its built files: as one process, or every service as a process of its own on NATS. */
export const startLuna = (options: StartLunaOptions): Promise<RunningLuna> =>
  options.topology === 'embedded' ? startEmbedded(options) : startDistributed(options)
