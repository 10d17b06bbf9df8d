import { request } from 'node:http'

const pingMs = 2_000

/** Whether a container engine answers at DOCKER_HOST, or at the usual socket. Asked once. */
export function dockerAnswers(): Promise<boolean> {
  asked ??= ping(process.env['DOCKER_HOST'] || 'unix:///var/run/docker.sock')
  return asked
}

let asked: Promise<boolean> | undefined

export async function ping(host: string): Promise<boolean> {
  const target = engineAddress(host)
  if (!target) return false
  return await new Promise(resolve => {
    const asking = request({ ...target, path: '/_ping', timeout: pingMs }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(false))
    asking.end()
  })
}

/** Node's address of an engine named as in DOCKER_HOST; undefined for one that only Docker's own client reaches (ssh). */
export function engineAddress(host: string): { socketPath: string } | { host: string; port: number } | undefined {
  const url = URL.parse(host)
  if (url?.protocol === 'unix:') return { socketPath: url.pathname }
  if (url?.protocol === 'tcp:' || url?.protocol === 'http:')
    return { host: url.hostname, port: Number(url.port || 2375) }
  return undefined
}
