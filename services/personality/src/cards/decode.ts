import { LunaError } from '@luna/contracts'
import { requireShallow } from './card.ts'

const strict = new TextDecoder('utf-8', { fatal: true })
const old = new TextDecoder('windows-1252')

/** UTF-8, else what strange tools write instead: Windows-1252, of which latin-1 is a part. */
export function decodeText(bytes: Uint8Array): { text: string; guessed: boolean } {
  try {
    return { text: strict.decode(bytes), guessed: false }
  } catch {
    return { text: old.decode(bytes), guessed: true }
  }
}

/** JSON with what tools leave around it: a byte order mark, zero bytes, white space. `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    const value = JSON.parse(trimmed(text)) as unknown
    requireShallow(value)
    return value
  } catch (error) {
    if (error instanceof LunaError) throw error
    return undefined
  }
}

const isBlank = (code: number): boolean => code <= 0x20 || code === 0xfeff

function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start += 1
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** What a text chunk holds: base64 of JSON as the specification has it, or the JSON itself as some tools do. */
export function decodeChunk(value: Uint8Array): { json: unknown; guessed: boolean } {
  const plain = Buffer.from(value).toString('latin1')
  const isJson = /^[\s\0\uFEFF\u00ef\u00bb\u00bf]*\{/.test(plain.slice(0, 20))
  const { text, guessed } = decodeText(isJson ? value : Buffer.from(plain, 'base64'))
  return { json: parseJson(text), guessed }
}
