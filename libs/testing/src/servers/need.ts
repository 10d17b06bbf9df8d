/** Why something that a suite needs is not here. */
export interface Missing {
  available: false
  /** As suites are named: `needs-nats`. */
  name: string
  reason: string
}

export type Source = 'url' | 'docker' | 'path' | 'package'

/** A real server for tests. */
export interface NeededServer {
  available: true
  name: string
  url: string
  port: number
  /** Where it came from: the environment's URL, a container, a program on the PATH, Debian's package. */
  source: Source
  /** Ends it as a crash would (SIGKILL). Not for a server from the environment. */
  kill(): Promise<void>
  /** Starts it again on the same port and data, killing it first where it runs. Resolves when it answers. */
  restart(): Promise<void>
  /** Ends it and deletes its data. May be called again. */
  stop(): Promise<void>
}

export interface NeedOptions {
  /** It must be ours, since the test kills it: a URL in the environment is passed over. */
  own?: boolean
  /** More arguments for the server's program; these make it ours too. */
  args?: readonly string[]
}
