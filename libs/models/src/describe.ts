import type { ResolvedProvider } from './config/provider-config.ts'
import type { BreakerState } from './pool/breaker.ts'
import type { Member } from './pool/call.ts'

/** Who answers, for people and for `luna doctor`. No keys. */
export interface ModelDescription {
  /** True when there is no model and the built-in responder answers. */
  builtIn: boolean
  /** Who is asked first right now. */
  chat: { provider: string; model: string }
  small: { provider: string; model: string }
  embedding: { provider: string; model: string } | null
  providers: ProviderDescription[]
}

export interface ProviderDescription {
  name: string
  /** Without user, password and query; empty for the built-in responder. */
  address: string
  models: Partial<ResolvedProvider['models']>
  priority: number
  weight: number | undefined
  breaker: BreakerState
}

export function describePool(members: readonly Member[], configs: readonly ResolvedProvider[]): ModelDescription {
  const byPriority = members.toSorted((a, b) => a.provider.priority - b.provider.priority)
  const first = (byPriority.find(each => each.breaker.admits()) ?? byPriority[0])!.provider
  const embedder = byPriority.find(each => each.provider.embeddingModel !== undefined)?.provider
  return {
    builtIn: first.builtIn,
    chat: { provider: first.name, model: first.chatModel('chat') },
    small: { provider: first.name, model: first.chatModel('small') },
    embedding: embedder ? { provider: embedder.name, model: embedder.embeddingModel! } : null,
    providers: members.map(({ provider, breaker }) => {
      const config = configs.find(each => each.name === provider.name)
      return {
        name: provider.name,
        address: config ? plainAddress(config.baseURL) : '',
        models: config?.models ?? { chat: provider.chatModel('chat') },
        priority: provider.priority,
        weight: provider.weight,
        breaker: breaker.state(),
      }
    }),
  }
}

function plainAddress(baseURL: string): string {
  const url = new URL(baseURL)
  return url.origin + url.pathname.replace(/\/$/, '')
}
