import { LunaError } from '@luna/contracts'

const maximumLength = 300

/** Why a delivery failed, in one line of at most 300 characters. A parser's message is left out: it quotes the input. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof LunaError) return cut(`${error.code}: ${error.message}`)
  if (error instanceof SyntaxError) return 'SyntaxError'
  if (error instanceof Error) return cut(`${error.name}: ${error.message}`)
  return `A ${typeof error} was thrown.`
}

const cut = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, maximumLength)

/** The reason of a dead letter whose handler never came to an end: it killed its process or outlived its lease. */
export const neverFinished = 'The handler never finished: each try ended with its process or its lease.'
