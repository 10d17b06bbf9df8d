import { LunaError } from '@luna/contracts'

/** An event with personal text has one listener, after whom it is purged. */
export const secondListener = (event: string, second: string): LunaError =>
  new LunaError(
    'invalid',
    `${event} carries personal text and has a listener already; ${second} cannot listen too. ` +
      `Retire the first one, or let ${second} fetch the text by call.`,
  )
