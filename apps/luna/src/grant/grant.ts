import { gateway, LunaError } from '@luna/contracts'
import { createCaller, createLogger, type Environment, openPlatform, system } from '@luna/service'
import { readSettings, startGateway } from '../start/services.ts'

/** Makes an account a moderator or an operator. Works beside a running Luna on shared servers, or alone on embedded data. */
export async function grant(env: Environment, email: string, role: string): Promise<void> {
  if (role !== 'moderator' && role !== 'operator')
    throw new LunaError('invalid', `There is no role "${role}". Give moderator or operator.`)
  const { settings } = readSettings(env)
  const log = createLogger({ service: 'grant', level: 'error' })
  const platform = await openPlatform(settings.platform, { log })
  const alone = settings.platform.natsUrl ? null : await startGateway(env, platform)
  try {
    const { roles } = await createCaller(platform.bus)(gateway.calls.grantRole, { email, role }, { scope: system })
    process.stdout.write(`${email} is now ${roles.join(', ')}.\n`)
  } finally {
    await alone?.stop()
    await platform.stop()
  }
}
