import { LunaError, type personality } from '@luna/contracts'
import type { CallHandlers } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { createCharacter } from './create-character.ts'
import { deleteCharacter } from './delete-character.ts'
import { updateCharacter } from './update-character.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

interface RowResult {
  index: number
  id: string | null
  ok: boolean
  error: { code: string; message: string } | null
}

/** Each row stands for itself: one that is refused keeps no other from being done. */
export const bulkCharacters: Handlers['bulkCharacters'] = async (input, ctx, request) => ({
  create: await each(input.create ?? [], async row => (await createCharacter(row, ctx, request)).id),
  update: await each(input.update ?? [], async ({ id, changes, ifVersion }) => {
    const change = { characterId: id, changes, ...(ifVersion === undefined ? {} : { ifVersion }) }
    return (await updateCharacter(change, ctx, request)).id
  }),
  delete: await each(input.delete ?? [], async characterId => {
    await deleteCharacter({ characterId }, ctx, request)
    return characterId
  }),
})

async function each<Row>(rows: readonly Row[], work: (row: Row) => Promise<string>): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const [index, row] of rows.entries()) {
    try {
      results.push({ index, id: await work(row), ok: true, error: null })
    } catch (error) {
      const { code, message } = LunaError.from(error)
      results.push({ index, id: null, ok: false, error: { code, message } })
    }
  }
  return results
}
