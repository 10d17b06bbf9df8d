import { freePort } from '@luna/service/embedded'
import { waitFor } from '../wait-for.ts'
import type { NeededServer, NeedOptions } from './need.ts'
import type { ServerKind } from './server-kind.ts'

const startMs = 60_000

/** Runs a server in a container on a fixed port of the engine's host, so that a restarted one is found again. */
export async function startContainer(kind: ServerKind, options: NeedOptions): Promise<NeededServer> {
  const { GenericContainer, getContainerRuntimeClient } = await import('testcontainers')
  const port = await freePort()
  const command = [...(kind.imageCommand ?? []), ...(options.args ?? [])]
  const container = await new GenericContainer(kind.image)
    .withExposedPorts({ container: kind.imagePort, host: port })
    .withCommand(command)
    .withStartupTimeout(startMs)
    .start()
  const host = container.getHost()
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId())
  const ready = async () => {
    await waitFor(() => kind.answers(host, port), { timeoutMs: startMs, message: `${kind.image} to answer on ${port}` })
  }
  const kill = async () => {
    const { State } = await engine.inspect()
    if (State.Running) await engine.kill({ signal: 'SIGKILL' })
    await engine.wait()
  }
  let stopped: Promise<unknown> | undefined
  const server: NeededServer = {
    available: true,
    name: kind.name,
    url: kind.urlOf(host, port),
    port,
    source: 'docker',
    kill,
    async restart() {
      await kill()
      await engine.start()
      await ready()
    },
    async stop() {
      stopped ??= container.stop({ timeout: 0, removeVolumes: true })
      await stopped
    },
  }
  await ready().catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
  return server
}
