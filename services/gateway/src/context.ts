import type { gateway } from '@luna/contracts'
import type { Models } from '@luna/models'
import type { BaseContext } from '@luna/service'
import { type Auth, createAuth } from './auth/auth.ts'
import { type AgeGate, createAgeGate } from './care/age-gate.ts'
import { type CareDesk, createDesk } from './care/desk.ts'
import type { GatewayConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createHosts, type Hosts } from './http/hosts.ts'
import { createOrigins, type Origins } from './http/origins.ts'
import type { Limits } from './limits/limits.ts'
import { openLimits } from './limits/open-limits.ts'
import { requireSoleGateway } from './limits/sole-gateway.ts'
import { openEmbedder } from './models/open-embedder.ts'
import { loadMasterKeys } from './secrets/master-key-file.ts'
import { createSecrets, type Secrets } from './secrets/secrets.ts'

export interface GatewayContext extends BaseContext<Tables, typeof gateway> {
  readonly config: GatewayConfig
  readonly secrets: Secrets
  readonly auth: Auth
  readonly origins: Origins
  readonly hosts: Hosts
  readonly limits: Limits
  readonly careDesk: CareDesk
  readonly ageGate: AgeGate
  /** The models behind `/v1/embeddings`; null when none is named. */
  readonly embedder: Models | null
}

export async function createContext(
  base: BaseContext<Tables, typeof gateway>,
  config: GatewayConfig,
): Promise<GatewayContext> {
  if (!config.redisUrl && config.rates) await requireSoleGateway(base)
  const ring = await loadMasterKeys({ ...config, mayMake: base.embedded, suffix: base.instanceId })
  const secrets = await createSecrets(ring)
  const origins = createOrigins(config.origins)
  return {
    ...base,
    config,
    secrets,
    origins,
    hosts: createHosts(config.host, config.origins),
    auth: createAuth({ ...base, secrets, origins }),
    limits: await openLimits(config, base),
    careDesk: createDesk(base),
    ageGate: createAgeGate(base, config.minimumAge),
    embedder: await openEmbedder(config.environment, base.log),
  }
}
