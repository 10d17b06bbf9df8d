import { strings } from '../strings.ts'

/** The two macros that every card uses, as a reader expects them. */
export const plain = (text: string, name: string): string =>
  text.replaceAll(/\{\{char\}\}|<BOT>/gi, name).replaceAll(/\{\{user\}\}|<USER>/gi, strings.talk.you)
