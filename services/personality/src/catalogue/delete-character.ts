import type { personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { filesOf } from '../files/files.ts'
import { lockOwn, requireVersion } from './update-character.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Deletes a character with its versions and files. Moods and usage of others stay theirs and are read no more. */
export const deleteCharacter: Handlers['deleteCharacter'] = async ({ characterId, ifVersion }, ctx, { scope }) => {
  const personId = personOf(scope)
  const lock = lockOwn(ctx, scope, characterId)
  const version = await ctx.db.transaction(scope, async tx => {
    const stored = await lock(tx)
    requireVersion(ifVersion, stored.version)
    await tx.sql.deleteFrom('characters').where('id', '=', characterId).execute()
    return stored.version
  })
  await filesOf(ctx, personId, characterId).removeAll()
  ctx.changed(personId, 'character', characterId, version + 1)
  return { deleted: true as const }
}
