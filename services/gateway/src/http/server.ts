import { LunaError } from '@luna/contracts'
import type { BackgroundWork } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { createApp } from './app.ts'

/** Milliseconds that answers in hand get at the end; streams can be resumed elsewhere. */
const patienceMs = 5_000

function explainListen(error: unknown, host: string, port: number): unknown {
  const code = (error as { code?: unknown } | null)?.code
  const fault =
    code === 'EADDRINUSE'
      ? `Port ${port} of ${host} is taken by another program. Stop it, or set LUNA_PORT to another port (0 takes a free one).`
      : code === 'EACCES'
        ? `This user may not listen on port ${port}. Set LUNA_PORT to a port above 1023.`
        : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
          ? `LUNA_HOST is ${host}, which is no address of this machine. Set it to one, or to 0.0.0.0 for all.`
          : null
  return fault === null ? error : new LunaError('invalid', fault, { cause: error })
}

/** Listens for people. @param onListening told the URL, as the port may have been chosen by the system */
export const httpServer = (onListening?: (url: string) => void): BackgroundWork<GatewayContext> => ({
  name: 'HTTP and WebSocket',
  async start(ctx) {
    const { host, port } = ctx.config
    const app = await createApp(ctx)
    try {
      const url = await app.listen({ host, port })
      ctx.log.info({ url }, 'listening')
      onListening?.(url)
    } catch (error) {
      await app.close()
      throw explainListen(error, host, port)
    }
    return {
      async stop() {
        const hurry = setTimeout(() => app.server.closeAllConnections(), patienceMs)
        await app.close()
        clearTimeout(hurry)
      },
    }
  },
})
