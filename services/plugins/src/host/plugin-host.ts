import type { Recalled } from '@luna/contracts'

export interface HostRequest {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string
}

export interface HostResponse {
  status: number
  headers: Record<string, string>
  /** At most 1 MiB. */
  text: string
}

/**
 * All that a plugin can reach beyond its arguments, the same for built-in plugins and code in the sandbox. What was not
 * asked for in the manifest and granted at the installation rejects with a LunaError `forbidden`.
 */
export interface PluginHost {
  readonly personId: string
  /** Where the action was asked for; null outside of a conversation. */
  readonly conversationId: string | null
  readonly characterId: string | null
  /** Ends when the run is cancelled or over its time. */
  readonly signal: AbortSignal
  now(): Date
  /** In [0, 1). */
  random(): number
  /** Needs the host. `{{NAME}}` in a header or the URL is a secret, put in on the way. */
  fetch(request: HostRequest): Promise<HostResponse>
  /** Needs `storage`. JSON values, sealed with the person's key. */
  readonly storage: {
    get(key: string): Promise<unknown>
    set(key: string, value: unknown): Promise<void>
    delete(key: string): Promise<void>
    /** Keys that begin so, in their order. */
    list(prefix?: string): Promise<string[]>
  }
  readonly memory: {
    /** Needs `memory.read`. */
    recall(query: string, limit?: number): Promise<Recalled[]>
    /** Needs `memory.write`. */
    remember(text: string): Promise<{ id: string }>
  }
  /** Needs `timers`. */
  readonly timers: {
    /** The companion speaks first at this time, by this instruction. */
    set(timer: { at: Date; instruction: string; label: string }): Promise<{ id: string }>
    list(): Promise<{ id: string; at: Date; label: string }[]>
    cancel(id: string): Promise<boolean>
  }
}
