import { LunaError } from '@luna/contracts'
import { type Sign, signs } from '@luna/sky'

/** A sign by its English or Sanskrit name. */
export function moonSign(name: string): Sign {
  const wanted = name.trim().toLowerCase()
  const found = signs.find(({ english, sanskrit }) => [english, sanskrit].some(one => one.toLowerCase() === wanted))
  if (found) return found
  throw new LunaError(
    'invalid',
    `"${name}" is no sign. There are ${signs.map(({ english, sanskrit }) => `${english} (${sanskrit})`).join(', ')}.`,
  )
}
