import { eventRoutes } from '../sse/index.ts'
import { adminRoutes } from './admin.ts'
import { authRoutes } from './auth.ts'
import { characterFileRoutes } from './character-files.ts'
import { characterRoutes } from './characters.ts'
import { conversationRoutes } from './conversations.ts'
import { erasureRoutes } from './erasure.ts'
import { exportRoutes } from './export.ts'
import { feedbackRoutes } from './feedback.ts'
import { journalRoutes } from './journal.ts'
import { keyRoutes } from './keys.ts'
import { meRoutes } from './me.ts'
import { memoryRoutes } from './memories.ts'
import { messageRoutes } from './messages.ts'
import { careRoutes, moderationRoutes, standingRoutes } from './moderation.ts'
import { personaRoutes } from './personas.ts'
import { pluginRoutes } from './plugins.ts'
import type { Routes } from './route.ts'
import { sceneRoutes } from './scenes.ts'
import { searchRoutes } from './search.ts'
import { sendRoutes } from './send.ts'
import { sharedRoutes, shareRoutes } from './share.ts'
import { turnRoutes } from './turns.ts'

/** Nobody needs to be signed in. */
export const openRoutes: readonly Routes[] = [authRoutes, erasureRoutes, sharedRoutes, careRoutes]

export const personalRoutes: readonly Routes[] = [
  meRoutes,
  keyRoutes,
  conversationRoutes,
  messageRoutes,
  sendRoutes,
  feedbackRoutes,
  turnRoutes,
  eventRoutes,
  searchRoutes,
  memoryRoutes,
  journalRoutes,
  shareRoutes,
  exportRoutes,
  characterRoutes,
  characterFileRoutes,
  personaRoutes,
  sceneRoutes,
  pluginRoutes,
  standingRoutes,
  moderationRoutes,
  adminRoutes,
]
