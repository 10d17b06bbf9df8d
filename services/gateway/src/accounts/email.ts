import { z } from 'zod'

/** One spelling for one mailbox: NFC, without blanks around, lower case. (Dots and tags are left to the provider.) */
export const normaliseEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase()

/** RFC 5321 allows a path of 256 octets including the angle brackets. */
export const emailAddress = z
  .string()
  .max(254)
  .transform(normaliseEmail)
  .pipe(z.email({ error: 'must be a mail address such as ada@example.org' }))
