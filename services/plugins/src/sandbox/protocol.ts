/** What one run of code may use. */
export interface SandboxLimits {
  /** Milliseconds of computing. */
  cpuMs: number
  /** Milliseconds from begin to end, waiting for answers included. */
  wallMs: number
  /** Characters of the result. */
  outputChars: number
  /** Questions to the host. */
  hostCalls: number
}

export interface SandboxJob {
  source: string
  action: string
  /** JSON. */
  arguments: string
  limits: SandboxLimits
  /** Milliseconds since 1970. */
  now: number
}

export type EndReason =
  | 'done'
  | 'threw'
  | 'cpu'
  | 'memory'
  | 'output'
  | 'stuck'
  | 'calls'
  | 'crashed'
  | 'wall'
  | 'cancelled'

/** To the child: a job, and answers of the host. All values of the plugin travel as JSON text. */
export type ToChild = { type: 'run'; job: SandboxJob } | { type: 'reply'; call: number; ok: boolean; text: string }

export type FromChild =
  | { type: 'ready'; shields: string[] }
  | { type: 'ask'; call: number; method: string; text: string }
  | { type: 'end'; reason: EndReason; text: string }
