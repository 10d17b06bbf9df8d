import type { PendingSend } from './outbox.ts'

/** Keeps what is not accepted yet across reloads. Entries are written one by one, so that tabs do not overwrite each other. */
export interface SendStorage {
  all(): PendingSend[] | Promise<PendingSend[]>
  put(send: PendingSend): void | Promise<void>
  remove(id: string): void | Promise<void>
}

/** The part of the Web Storage API that is used, as `localStorage` has it. */
export interface WebStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Pending sends in `localStorage` or `sessionStorage`. A full or forbidden storage loses the safety, never the send. */
export function webStorage(storage: WebStorage, prefix = 'luna.outbox.'): SendStorage {
  return {
    all: () => {
      const sends: PendingSend[] = []
      quietly(() => {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
        for (const key of keys) if (key?.startsWith(prefix)) sends.push(...read(storage.getItem(key)))
      })
      return sends
    },
    put: send => quietly(() => storage.setItem(prefix + send.id, JSON.stringify(send))),
    remove: id => quietly(() => storage.removeItem(prefix + id)),
  }
}

function quietly(run: () => void): void {
  try {
    run()
  } catch {
    // Storage that is full or switched off by the browser: the send stays in memory.
  }
}

function read(value: string | null): PendingSend[] {
  try {
    const send = JSON.parse(value ?? 'null') as PendingSend | null
    return send && typeof send.id === 'string' && typeof send.lane === 'string' ? [send] : []
  } catch {
    return []
  }
}
