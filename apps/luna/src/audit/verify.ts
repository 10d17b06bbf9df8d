import { moderation } from '@luna/contracts'
import { service } from '@luna/moderation'
import {
  createCaller,
  createLogger,
  type Environment,
  openPlatform,
  readConfig,
  startService,
  system,
} from '@luna/service'
import { readSettings } from '../start/services.ts'

/**
 * Verifies the audit chain, beside a running Luna on shared servers or alone on embedded data.
 * @param head a hash noted before: whoever may write the database can cut a chain and its end, but not what stands elsewhere
 * @returns the exit code: 1 when anything is not as it was written
 */
export async function verifyAudit(env: Environment, head?: string): Promise<number> {
  const { settings } = readSettings(env)
  const log = createLogger({ service: 'audit', level: 'error' })
  const platform = await openPlatform(settings.platform, { log })
  const alone = settings.platform.natsUrl
    ? null
    : await startService(service, platform, readConfig({ moderation: service.config }, env).moderation)
  try {
    const found = await createCaller(platform.bus)(moderation.calls.verifyAudit, {}, { scope: system })
    const isOther = head !== undefined && found.head !== head
    for (const { n, fault } of found.faults) process.stdout.write(`entry ${n}: ${fault}\n`)
    if (isOther) process.stdout.write(`the chain does not end with ${head}\n`)
    const whole = found.faults.length === 0 && !isOther
    process.stdout.write(
      `${found.entries} entries, ${whole ? 'all as they were written' : 'not all as they were written'}; the last hash is ${found.head ?? 'none'}\n`,
    )
    return whole ? 0 : 1
  } finally {
    await alone?.stop()
    await platform.stop()
  }
}
