/** All that differs from one kind of server to the next. */
export interface ServerKind {
  /** As suites that need it are named: `needs-nats`. */
  name: string
  /** The environment's name for the URL of one that runs already. */
  urlVariable: string
  image: string
  imagePort: number
  imageCommand?: readonly string[]
  program: string
  debianPackage?: string
  args(port: number, dir: string): string[]
  environment?(port: number, dir: string): Record<string, string>
  urlOf(host: string, port: number): string
  /** Whether it answers as this kind of server does when it is ready. */
  answers(host: string, port: number): Promise<boolean>
}
