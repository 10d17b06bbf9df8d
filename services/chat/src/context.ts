import type { chat } from '@luna/contracts'
import { createModels, findProviders, type Models } from '@luna/models'
import type { BaseContext } from '@luna/service'
import { type Completions, createCompletions } from './completions/completions.ts'
import type { ChatConfig } from './config.ts'
import type { Tables } from './db/tables.ts'
import { createPathCache, type PathCache } from './prompt/path-cache.ts'
import { createPersonNames, type PersonNames } from './prompt/person-names.ts'
import { createEngine, type Engine } from './turns/engine.ts'
import { createPolicies, type Policies } from './turns/policies.ts'

export type ChatContract = typeof chat

/** What chat's handlers may use. */
export interface ChatContext extends BaseContext<Tables, ChatContract> {
  readonly config: ChatConfig
  readonly models: Models
  readonly engine: Engine
  readonly paths: PathCache
  readonly names: PersonNames
  readonly policies: Policies
  readonly completions: Completions
}

export type ChatTx = Parameters<Parameters<ChatContext['db']['transaction']>[1]>[0]

/** @throws LunaError `invalid` with every fault of the model settings, before anything is served. */
export async function createContext(base: BaseContext<Tables, ChatContract>, config: ChatConfig): Promise<ChatContext> {
  const { providers } = await findProviders(config.environment)
  const models = createModels({ providers, log: base.log })
  const context: ChatContext = {
    ...base,
    config,
    models,
    engine: createEngine(() => context),
    names: createPersonNames(base.call),
    policies: createPolicies(base.call, () => base.clock.now()),
    paths: createPathCache(config.contextTokens * 1.5),
    completions: createCompletions(() => context),
  }
  return context
}
