import { LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { CardSpec } from '../cards/card.ts'
import { imageTypeOf } from '../cards/image.ts'
import { writeArchive, writeJson, writePng } from '../cards/write-file.ts'
import { loadCharacter, type StoredCharacter } from '../catalogue/store.ts'
import type { PersonalityContext } from '../context.ts'
import { toPng } from './display.ts'
import { filesOf } from './files.ts'
import { layDown } from './pieces.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

const types = { png: 'image/png', json: 'application/json', charx: 'application/zip' } as const

/** A card file as other tools read it; `original` gives the very file that was imported. */
export const exportCharacter: Handlers['exportCharacter'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const stored = await loadCharacter(ctx, scope, input.characterId)
  const { document } = stored
  if (input.original) {
    const kept =
      document.original && stored.ownerId ? await filesOf(ctx, stored.ownerId, stored.id).read(document.original) : null
    if (!kept || !document.original) throw new LunaError('not-found', 'This character did not come from a file.')
    const fileId = await layDown(ctx, personId, kept, 'application/octet-stream')
    return { fileId, name: document.original.name, type: 'application/octet-stream', bytes: kept.length }
  }
  const bytes = await writeFile(ctx, stored, input.format, input.spec)
  const type = types[input.format]
  return {
    fileId: await layDown(ctx, personId, bytes, type),
    name: `${document.slug}.${input.format}`,
    type,
    bytes: bytes.length,
  }
}

async function writeFile(
  ctx: PersonalityContext,
  { id, ownerId, document }: StoredCharacter,
  format: keyof typeof types,
  spec: CardSpec | undefined,
): Promise<Buffer> {
  const { card } = document
  if (format === 'json') return writeJson(card, spec ?? card.spec)
  const files = ownerId === null ? null : filesOf(ctx, ownerId, id)
  const image = document.image && files ? await files.read(document.image) : null
  const assets = new Map<string, Uint8Array>()
  for (const [path, file] of Object.entries(document.files)) {
    const data = await files?.read(file)
    if (data) assets.set(path, data)
  }
  if (format === 'charx') return writeArchive(card, image, assets)
  const png = image && imageTypeOf(image) !== 'image/png' ? await toPng(image).catch(() => null) : image
  return writePng(card, png, assets, spec)
}
