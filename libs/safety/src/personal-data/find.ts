import { isIban, passesLuhn } from './checksums.ts'

export type PersonalDataKind = 'email' | 'iban' | 'card' | 'ip' | 'phone'

export interface PersonalDatum {
  kind: PersonalDataKind
  /** UTF-16 offsets, end exclusive. */
  span: [number, number]
}

interface Finder {
  kind: PersonalDataKind
  pattern: RegExp
  /** Only tried on texts with this character: most have none. */
  needs: RegExp
  holds(found: string): boolean
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')
const cardStart = /^(?:4|5[1-5]|2[2-7]|3[47]|6(?:011|4[4-9]|5)|35|30[0-5]|36|38)/
const octets = (text: string): boolean => text.split('.').every(part => Number(part) < 256)
const dateLike = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/
const hasDigit = /\d/

/** In order: what an earlier finder took, a later one leaves. Every pattern is bounded, none backtracks over more than a few characters. */
const finders: readonly Finder[] = [
  {
    kind: 'email',
    needs: /@/,
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
    holds: () => true,
  },
  {
    kind: 'iban',
    needs: hasDigit,
    pattern: /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])/g,
    holds: isIban,
  },
  {
    kind: 'card',
    needs: hasDigit,
    pattern: /(?<![\d.,+-])\d(?:[ -]?\d){12,18}(?![\d])/g,
    holds: found => cardStart.test(digitsOf(found)) && passesLuhn(digitsOf(found)),
  },
  {
    kind: 'ip',
    needs: /[.:]/,
    pattern:
      /(?<![\d.A-Za-z])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]\d|\d)|(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])/gi,
    holds: found => (found.includes('.') ? octets(found) : found.includes('::') || found.split(':').length === 8),
  },
  {
    kind: 'phone',
    needs: hasDigit,
    pattern:
      /(?<![\p{L}\d.,/+#€$£-])(?:\+\d{1,3}|00\d{1,3}|\(?0?\d{2,5}\)?)(?:[ ./()-]{0,3}\d){5,12}(?![\d\p{L}]|[.,]\d)/gu,
    holds: isPhone,
  },
]

/** A number that is written like a phone number: with a prefix, or in groups, and 7 to 15 digits (ITU-T E.164). */
function isPhone(found: string): boolean {
  const digits = digitsOf(found)
  if (digits.length < 7 || digits.length > 15 || dateLike.test(found.trim())) return false
  if (/^(?:\+|00[1-9])/.test(found)) return true
  if (/^\(?0[1-9]/.test(found)) return digits.length >= 9
  return digits.length >= 10 && /^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/.test(found)
}

/** E-mail and IP addresses, IBANs and payment cards (with valid checksums), phone numbers; in order of place. */
export function findPersonalData(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = []
  for (const { kind, needs, pattern, holds } of finders) {
    if (!needs.test(text)) continue
    for (const match of text.matchAll(pattern)) {
      const span: [number, number] = [match.index, match.index + match[0].length]
      if (found.some(other => other.span[0] < span[1] && span[0] < other.span[1])) continue
      if (holds(match[0])) found.push({ kind, span })
    }
  }
  return found.toSorted((a, b) => a.span[0] - b.span[0])
}

/** The text with every datum as its kind in brackets: `mail me at [email]`. */
export function mask(text: string): string {
  let masked = ''
  let at = 0
  for (const { kind, span } of findPersonalData(text)) {
    masked += `${text.slice(at, span[0])}[${kind}]`
    at = span[1]
  }
  return masked + text.slice(at)
}
