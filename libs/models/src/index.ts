export { builtInModel, builtInName } from './builtin/provider.ts'
export type { ConfigFault } from './config/faults.ts'
export { type FindOptions, type FoundProviders, findProviders } from './config/find-providers.ts'
export { type Preset, presets } from './config/presets.ts'
export {
  type ProviderConfig,
  providerConfig,
  providerConfigs,
  type ResolvedProvider,
} from './config/provider-config.ts'
export { resolveProvider } from './config/resolve.ts'
export type { ModelDescription, ProviderDescription } from './describe.ts'
export type { Embeddings } from './embed/embed.ts'
export type { FailedOver, FinishEvent, FinishReason, ModelEvent, ModelRoute, ToolCallEvent } from './events.ts'
export { createModels, type Models, type ModelsOptions } from './models.ts'
export type { Completion } from './pool/complete.ts'
export { defaultLimits, type ModelLimits } from './pool/limits.ts'
export type { ModelLog } from './pool/pool.ts'
export type { StreamOptions } from './pool/stream.ts'
export {
  type ChatMessage,
  type ChatRequest,
  type ContentPart,
  type ModelUse,
  messageText,
  type ToolCall,
  type ToolDefinition,
} from './request.ts'
export type { Structured, StructuredRequest } from './structured/structured.ts'
export { countTokens, exactCharacters } from './tokens/count.ts'
export { anyFloor, estimateTokens, proseFloor } from './tokens/estimate.ts'
export { type Packed, type PromptPart, packBudget } from './tokens/pack-budget.ts'
export { estimatePrompt, estimateUsage, messageOverheadTokens } from './tokens/usage.ts'
