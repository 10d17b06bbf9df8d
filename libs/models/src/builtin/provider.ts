import type { Provider, StreamEnd } from '../provider/provider.ts'
import { type ChatRequest, messageText } from '../request.ts'
import { noModelError } from '../structured/no-model.ts'
import { estimateUsage } from '../tokens/usage.ts'
import { rememberedIn } from './remembered.ts'
import { respond } from './respond.ts'

export const builtInName = 'built-in'
export const builtInModel = 'luna-listener'

/** The responder that answers when there is no language model. Streams word by word, as fast as it is read. */
export function createBuiltInProvider(): Provider {
  return {
    name: builtInName,
    builtIn: true,
    priority: 0,
    weight: undefined,
    firstTokenMs: 10_000,
    embeddingModel: undefined,
    chatModel: () => builtInModel,
    stream(request, _model, sink) {
      let words: string[] | undefined
      let isPaused = false
      let isOver = false
      let text = ''
      const canSpeak = () => !isPaused && !isOver
      const speak = () => {
        if (!canSpeak()) return
        words ??= answer(request).match(/\s*\S+/g) ?? []
        while (words.length > 0 && canSpeak()) {
          const word = words.shift()!
          text += word
          sink.onText(word)
        }
        if (words.length > 0 || isOver) return
        isOver = true
        sink.onEnd(end(request, text))
      }
      queueMicrotask(speak)
      return {
        abort() {
          isOver = true
        },
        pause() {
          isPaused = true
        },
        resume() {
          isPaused = false
          queueMicrotask(speak)
        },
      }
    },
    async complete(request) {
      const text = answer(request)
      return { ...end(request, text), text }
    },
    async embed() {
      throw noModelError('Embedding')
    },
  }
}

function end(request: ChatRequest, text: string): StreamEnd {
  return { reason: 'stop', toolCalls: [], usage: estimateUsage(request, text) }
}

const answer = (request: ChatRequest): string => respond(userTexts(request), rememberedIn(request))

function userTexts(request: ChatRequest): string[] {
  return request.messages.filter(message => message.role === 'user').map(messageText)
}
