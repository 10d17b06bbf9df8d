import { LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { imageTypeOf } from '../cards/image.ts'
import { loadCharacter } from '../catalogue/store.ts'
import { lockOwn, rewrite } from '../catalogue/update-character.ts'
import type { PersonalityContext } from '../context.ts'
import { toDisplay } from './display.ts'
import { filesOf } from './files.ts'
import { takeUpload } from './pieces.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Made when it is first looked at, kept beside the picture. */
export const readAvatar: Handlers['readAvatar'] = async ({ characterId }, ctx, { scope }) => {
  const { document, ownerId } = await loadCharacter(ctx, scope, characterId)
  const { image } = document
  if (!image || ownerId === null) throw new LunaError('not-found', 'This character has no picture.')
  const files = filesOf(ctx, ownerId, characterId)
  const ready = await files.readDisplay(image.hash)
  if (ready) return { data: ready.toString('base64'), type: 'image/webp', version: image.hash }
  const original = await files.read(image)
  if (!original) throw new LunaError('not-found', 'The picture of this character is gone. Give it another.')
  const made = await toDisplay(original)
  await files.putDisplay(image.hash, made)
  return { data: made.toString('base64'), type: 'image/webp', version: image.hash }
}

export const setAvatar: Handlers['setAvatar'] = async ({ characterId, uploadId, pieces }, ctx, { scope }) => {
  const personId = personOf(scope)
  await ctx.db.transaction(scope, lockOwn(ctx, scope, characterId))
  const bytes = await takeUpload(ctx, personId, uploadId, pieces)
  const made = await toDisplay(bytes)
  const files = filesOf(ctx, personId, characterId)
  const image = await files.put(bytes, imageTypeOf(bytes) ?? 'application/octet-stream')
  await files.putDisplay(image.hash, made)
  return rewrite(ctx, scope, { characterId, change: document => ({ ...document, image }) })
}
