import { resolve } from 'node:path'

/** In the order of their start; the gateway opens its door last. */
export const serviceNames = ['moderation', 'personality', 'plugins', 'memory', 'chat', 'gateway']

/**
 * What to start, from the environment and the arguments `--replicas chat=2,gateway=2` and `--no-restart`.
 * @param {Record<string, string | undefined>} env
 * @param {readonly string[]} args
 * @returns {{ faults: string[], dataDir: string, restarts: boolean, processes: { name: string, service: string, offset: number }[] }}
 */
export function readOptions(env, args) {
  const faults = []
  for (const [name, example] of [
    ['NATS_URL', 'nats://127.0.0.1:4222'],
    ['DATABASE_URL', 'postgres://postgres:secret@127.0.0.1:5432/luna'],
  ])
    if (!env[name])
      faults.push(`${name} is not set; services in processes of their own share it, for example ${example}`)

  const replicas = new Map(serviceNames.map(name => [name, 1]))
  let restarts = true
  for (let index = 0; index < args.length; index += 1) {
    const [flag, inline] = args[index].split(/=(.*)/s)
    if (flag === '--no-restart') restarts = false
    else if (flag === '--replicas') {
      for (const part of (inline ?? args[(index += 1)] ?? '').split(',')) {
        const [service, count] = part.split('=')
        if (replicas.has(service) && /^[1-9]\d?$/.test(count ?? '')) replicas.set(service, Number(count))
        else faults.push(`--replicas takes service=number, as in chat=2; found "${part}"`)
      }
    } else faults.push(`${flag} is no option; there are --replicas and --no-restart`)
  }
  if ((replicas.get('gateway') ?? 1) > 1 && !env.REDIS_URL)
    faults.push('several gateways share their limits, so REDIS_URL is needed')

  const processes = [...replicas].flatMap(([service, count]) =>
    Array.from({ length: count }, (_, offset) => ({
      name: offset === 0 ? service : `${service}-${offset + 1}`,
      service,
      offset,
    })),
  )
  return { faults, dataDir: resolve(env.LUNA_DATA_DIR || '.luna'), restarts, processes }
}
