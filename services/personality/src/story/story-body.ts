import type { PersonKey } from '@luna/service'

/** Where a story stands; sealed, since a scene's name may tell much. */
export interface StoryBody {
  sceneId: string | null
  endingId: string | null
  /** Scenes and endings that were reached, in order. */
  reached: string[]
}

const place = (conversationId: string): string => `personality.conversations.story:${conversationId}`

export const beginning: StoryBody = { sceneId: null, endingId: null, reached: [] }

export const openStory = (key: PersonKey | null, conversationId: string | null, sealed: Buffer | null): StoryBody =>
  key && conversationId && sealed ? (key.openJson(sealed, place(conversationId)) as StoryBody) : beginning

export const sealStory = (key: PersonKey, conversationId: string, body: StoryBody): Buffer =>
  key.sealJson(body, place(conversationId))
