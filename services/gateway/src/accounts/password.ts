import type { Algorithm, Options } from '@node-rs/argon2'
import { z } from 'zod'

/** Argon2id (RFC 9106) with 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet. */
const cost: Options = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Length alone is asked for (NIST SP 800-63B section 3.1.1): no rules about digits and signs. */
export const password = z
  .string()
  .min(8, { error: 'must have at least 8 characters' })
  .max(256, { error: 'must have at most 256 characters' })

/** Equal passwords typed on different keyboards are equal (NIST SP 800-63B: NFKC before hashing). */
const prepared = (text: string): string => text.normalize('NFKC')

/** Loaded at the first password: a start in local mode never needs it. */
const argon2 = () => import('@node-rs/argon2')

export const hashPassword = async (text: string): Promise<string> => (await argon2()).hash(prepared(text), cost)

let decoy: Promise<string> | null = null

/** For an unknown address (`null`) a decoy is verified, so that the answer takes as long and says the same. */
export async function verifyPassword(stored: string | null, text: string): Promise<boolean> {
  const { hash, verify } = await argon2()
  decoy ??= hash('no password has this hash', cost)
  const right = await verify(stored ?? (await decoy), prepared(text))
  return stored !== null && right
}
