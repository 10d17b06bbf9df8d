import { fileURLToPath } from 'node:url'
import { platformConfig, setting } from '@luna/service'
import { z } from 'zod'
import { isLoopback } from './http/hosts.ts'
import { defaultRates, limitsSetting } from './limits/rates.ts'

const { LUNA_DATA_DIR, LUNA_MASTER_KEY, LUNA_MASTER_KEY_PREVIOUS, NATS_URL, REDIS_URL } = platformConfig.in.shape

const origins = setting.list.transform((list, context) =>
  list.map(value => {
    if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value).origin
    context.addIssue({
      code: 'custom',
      message: 'must be origins such as https://luna.example.org, with commas between',
    })
    return z.NEVER
  }),
)

const webBuild = fileURLToPath(new URL('../../../apps/web/dist', import.meta.url))

/** What the gateway reads of the environment; the first five are the platform's, which it needs as well. */
export const config = z
  .looseObject({
    LUNA_DATA_DIR,
    LUNA_MASTER_KEY,
    LUNA_MASTER_KEY_PREVIOUS,
    NATS_URL,
    REDIS_URL,
    LUNA_HOST: z.string().min(1).default('127.0.0.1').describe('Address the gateway listens on.'),
    LUNA_PORT: setting.port(8080).describe('Port the gateway listens on; 0 takes a free one.'),
    LUNA_AUTH: z
      .enum(['local', 'accounts'])
      .optional()
      .describe('`local` signs the owner of this machine in by itself; absent: local when embedded on loopback.'),
    LUNA_ORIGINS: origins.describe('Browser origins that are allowed besides the own one.'),
    LUNA_TRUSTED_PROXIES: setting.list.describe(
      'Addresses or CIDR ranges of proxies whose X-Forwarded headers are believed.',
    ),
    LUNA_LIMITS: limitsSetting.optional().describe('JSON over the built-in rates, or `off`.'),
    LUNA_MIN_AGE: z
      .string()
      .regex(/^\d{1,2}$/, { error: 'must be a whole number of years; 0 lets everybody in' })
      .transform(Number)
      .default(18)
      .describe(
        'Years of age from which on people may write here; who gave no year of birth may. Minors get strict answers.',
      ),
    LUNA_WEB_DIR: z.string().default(webBuild).describe('The built web client.'),
  })
  .superRefine((env, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    if (env.LUNA_AUTH === 'local' && !isLoopback(env.LUNA_HOST))
      fault('LUNA_AUTH', `local mode is for this machine alone, but LUNA_HOST is ${env.LUNA_HOST}; use \`accounts\``)
    if (env.NATS_URL && !env.LUNA_MASTER_KEY)
      fault('LUNA_MASTER_KEY', 'is needed when services run as processes; make one with `openssl rand -base64 32`')
  })
  .transform(env => ({
    dataDir: env.LUNA_DATA_DIR,
    masterKey: env.LUNA_MASTER_KEY,
    previousMasterKey: env.LUNA_MASTER_KEY_PREVIOUS,
    redisUrl: env.REDIS_URL,
    host: env.LUNA_HOST,
    port: env.LUNA_PORT,
    auth: env.LUNA_AUTH ?? (!env.NATS_URL && isLoopback(env.LUNA_HOST) ? 'local' : 'accounts'),
    origins: env.LUNA_ORIGINS,
    trustedProxies: env.LUNA_TRUSTED_PROXIES,
    /** Null: no limits. */
    rates: env.LUNA_LIMITS === undefined ? defaultRates : env.LUNA_LIMITS,
    minimumAge: env.LUNA_MIN_AGE,
    webDir: env.LUNA_WEB_DIR,
    /** The rest, for the models to find their providers in. */
    environment: env as Readonly<Record<string, string | undefined>>,
  }))

export type GatewayConfig = z.output<typeof config>
