import { createModels, findProviders, type Models } from '@luna/models'
import type { BackgroundWork, Logger } from '@luna/service'
import type { GatewayContext } from '../context.ts'

/** The settings that can name an embedding model; without them no provider is looked for. */
const naming = ['LUNA_EMBEDDING_MODEL', 'LUNA_PROVIDERS'] as const

/** The models behind `/v1/embeddings`, or null when no setting names one. */
export async function openEmbedder(
  environment: Readonly<Record<string, string | undefined>>,
  log: Logger,
): Promise<Models | null> {
  if (!naming.some(name => environment[name])) return null
  const { providers } = await findProviders(environment)
  const models = createModels({ providers, log })
  if (models.embeddingModel !== null) return models
  await models.close()
  return null
}

/** Lets go of the connections to providers at the end. */
export const embedderConnections: BackgroundWork<GatewayContext> = {
  name: 'the connections to embedding models',
  start: async ({ embedder }) => ({
    async stop() {
      await embedder?.close()
    },
  }),
}
