import { z } from 'zod'

/** Building blocks of environment schemas: every value arrives as text. */

export const port = (fallback: number) =>
  z
    .string()
    .refine(value => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, { error: 'must be a port from 0 to 65535' })
    .transform(Number)
    .default(fallback)

export const urlOf = (...protocols: string[]) =>
  z.string().refine(
    value => {
      try {
        return protocols.includes(new URL(value).protocol.slice(0, -1))
      } catch {
        return false
      }
    },
    { error: `must be a URL that begins with ${protocols.map(protocol => `${protocol}://`).join(' or ')}` },
  )

export const milliseconds = (fallback: number) =>
  z
    .string()
    .refine(value => /^\d{1,9}$/.test(value), { error: 'must be a whole number of milliseconds' })
    .transform(Number)
    .default(fallback)

/** Comma-separated, blanks trimmed. */
export const list = z
  .string()
  .default('')
  .transform(value =>
    value
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== ''),
  )
