import { buffer } from 'node:stream/consumers'
import { fileLimits, LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { prefixOf } from './files.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Files on their way are forgotten after this, in milliseconds. */
const forgottenAfterMs = 15 * 60_000

const uploads = (personId: string): string => `${prefixOf(personId)}u/`
const written = (personId: string): string => `${prefixOf(personId)}x/`

/** The time in a UUIDv7 (RFC 9562, section 5.7), in milliseconds. */
const timeOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/** Takes away what was brought or written and never fetched. Ids tell their age. */
async function forgetOld(ctx: PersonalityContext, prefix: string): Promise<void> {
  const now = ctx.clock.now().getTime()
  for await (const { key } of ctx.blobs.list(prefix)) {
    const id = key.slice(prefix.length, prefix.length + 36)
    if (now - timeOf(id) > forgottenAfterMs) await ctx.blobs.delete(key)
  }
}

/** The pieces of a file may reach any replica: they meet in the blob port. */
export const putPiece: Handlers['putPiece'] = async ({ uploadId, index, data }, ctx, { scope }) => {
  const personId = personOf(scope)
  const bytes = Buffer.from(data, 'base64')
  if (index === 0) await forgetOld(ctx, uploads(personId))
  await ctx.blobs.put(`${uploads(personId)}${uploadId}/${index}`, bytes, { type: 'application/octet-stream' })
  return { bytes: bytes.length }
}

/** The whole file, once; its pieces are gone then. */
export async function takeUpload(
  ctx: PersonalityContext,
  personId: string,
  uploadId: string,
  pieces: number,
): Promise<Buffer> {
  const prefix = `${uploads(personId)}${uploadId}/`
  const parts: Buffer[] = []
  let total = 0
  for (let index = 0; index < pieces; index += 1) {
    const blob = await ctx.blobs.get(`${prefix}${index}`)
    if (!blob) throw new LunaError('not-found', `Piece ${index} of the file has not arrived. Send the file again.`)
    const part = await buffer(blob.body)
    total += part.length
    if (total > fileLimits.cardBytes) {
      await ctx.blobs.deletePrefix(prefix)
      throw new LunaError(
        'too-large',
        `The file is larger than ${fileLimits.cardBytes} bytes. Make its picture smaller.`,
        {
          details: { limit: fileLimits.cardBytes },
        },
      )
    }
    parts.push(part)
  }
  await ctx.blobs.deletePrefix(prefix)
  return Buffer.concat(parts)
}

/** Lays a written file down to be fetched piece by piece. */
export async function layDown(
  ctx: PersonalityContext,
  personId: string,
  bytes: Uint8Array,
  type: string,
): Promise<string> {
  await forgetOld(ctx, written(personId))
  const fileId = ctx.random.id()
  await ctx.blobs.put(`${written(personId)}${fileId}`, bytes, { type })
  return fileId
}

/** The last piece takes the file away. */
export const readFile: Handlers['readFile'] = async ({ fileId, offset }, ctx, { scope }) => {
  const key = `${written(personOf(scope))}${fileId}`
  const blob = /^[0-9a-f-]{36}$/.test(fileId) ? await ctx.blobs.get(key) : null
  if (!blob) throw new LunaError('not-found', 'There is no such file any more. Export it again.')
  const bytes = await buffer(blob.body)
  const piece = bytes.subarray(offset, offset + fileLimits.pieceBytes)
  const end = offset + piece.length >= bytes.length
  if (end) await ctx.blobs.delete(key)
  return { data: piece.toString('base64'), end }
}
