import type { Connection, ConversationStore } from '@luna/client'
import type { Feedback, Message } from '@luna/contracts'
import { createContext, use } from 'react'
import { luna } from '../luna.ts'
import { strings } from '../strings.ts'
import { copyText } from '../ui/copy.ts'
import { toast, toastError } from '../ui/toasts.tsx'

/** What can be done with a message; every failure is said, none is thrown. */
export interface TalkActions {
  copy(message: Message): void
  edit(message: Message, text: string): void
  regenerate(message: Message): void
  retry(message: Message): void
  rate(message: Message, feedback: Feedback): void
  tag(message: Message, tags: string[]): void
  remove(message: Message): void
  switchTo(messageId: string): void
  approve(callId: string, decision: 'once' | 'always' | 'never' | 'deny'): void
}

export function talkActions(store: ConversationStore, connection: Connection): TalkActions {
  const { conversationId } = store
  const say = (run: () => Promise<unknown>): void => void run().catch(toastError)
  const show = (...messages: Message[]): void => store.fold({ type: 'local.messages', messages })
  const regenerate = (message: Message): void => {
    connection.regenerate(message.id, conversationId)
  }
  return {
    copy: message =>
      void copyText(message.text).then(
        () => toast(strings.actions.copied),
        () => toast(strings.actions.copyFailed, true),
      ),
    edit: (message, text) =>
      say(async () => {
        const edited = await luna.messages.edit(message.id, { text })
        show(edited.message)
        store.fold({ type: 'local.leaf', leafId: edited.message.id })
        store.resync()
      }),
    regenerate,
    retry: regenerate,
    rate: (message, feedback) =>
      say(async () => {
        const rated = await luna.messages.feedback(message.id, feedback)
        show(rated ?? { ...message, feedback })
        toast(strings.actions.thanks)
      }),
    tag: (message, tags) =>
      say(async () => {
        const { message: tagged } = await luna.messages.edit(message.id, { tags })
        show(tagged)
      }),
    remove: message =>
      say(async () => {
        await luna.messages.remove(message.id)
        store.resync()
      }),
    switchTo: messageId =>
      say(async () => {
        await luna.conversations.update(conversationId, { activeLeafId: messageId })
        store.resync()
      }),
    approve: (callId, decision) => {
      try {
        connection.approve(callId, decision)
      } catch (error) {
        toastError(error)
      }
    },
  }
}

export const TalkContext = createContext<TalkActions | null>(null)

export function useTalk(): TalkActions {
  const actions = use(TalkContext)
  if (!actions) throw new Error('useTalk is only for what stands inside a talk')
  return actions
}
