import { fileURLToPath } from 'node:url'
import { runProcess } from '@luna/testing'

export interface ModelProcess {
  url: string
  stop(): Promise<void>
}

/** The fake model server as a process of its own, so that it shares no event loop with what is measured. */
export async function startModel(...args: string[]): Promise<ModelProcess> {
  const entry = fileURLToPath(new URL('../../../libs/testing/dist/fake-model/main.js', import.meta.url))
  const running = await runProcess({ entry, args: ['0', '--keep-requests', '0', ...args], ready: /^http/ })
  const url = await running.line(/^http/)
  return { url: url.trim(), stop: async () => void (await running.kill()) }
}
