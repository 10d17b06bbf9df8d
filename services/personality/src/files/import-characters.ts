import type { personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { imageTypeOf } from '../cards/image.ts'
import { type ReadCard, readCardFile } from '../cards/read-file.ts'
import { store } from '../catalogue/create-character.ts'
import type { StoredFile } from '../catalogue/document.ts'
import type { PersonalityContext } from '../context.ts'
import { storeLorebook } from '../lorebooks/lorebooks.ts'
import { filesOf } from './files.ts'
import { takeUpload } from './pieces.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Makes private characters (or lorebooks) of a file. The file itself is kept beside a card, whatever it held. */
export const importCharacters: Handlers['importCharacters'] = async ({ uploadId, pieces, name }, ctx, request) => {
  const personId = personOf(request.scope)
  const bytes = await takeUpload(ctx, personId, uploadId, pieces)
  const read = readCardFile(bytes)
  const isWhole = read.cards.length === 1
  const items = []
  for (const one of read.cards) {
    const id = ctx.random.id()
    const files = filesOf(ctx, personId, id)
    const original = isWhole
      ? { ...(await files.put(bytes, 'application/octet-stream')), name: name.slice(0, 200) }
      : null
    const document = { slug: '', card: one.card, original, ...(await putFiles(files, one)) }
    items.push(await store(ctx, request.scope, { id, document, visibility: 'private', changed: ['imported'] }))
  }
  const lorebooks = []
  for (const body of read.lorebooks)
    lorebooks.push(await storeLorebook(ctx, request.scope, { scope: 'person', targetId: null, body }))
  return { items, lorebooks, warnings: [...new Set(read.warnings)] }
}

async function putFiles(files: ReturnType<typeof filesOf>, { image, files: assets }: ReadCard) {
  const stored: Record<string, StoredFile> = {}
  for (const [path, data] of assets)
    stored[path] = await files.put(data, imageTypeOf(data) ?? 'application/octet-stream')
  return {
    image: image ? await files.put(image, imageTypeOf(image) ?? 'application/octet-stream') : null,
    files: stored,
  }
}
