import { type BaseContext, system } from '@luna/service'
import { sql } from 'kysely'
import { newCard } from '../cards/sheet.ts'
import { type CharacterDocument, withBook } from '../catalogue/document.ts'
import { publicKey } from '../catalogue/shelf.ts'
import { lexemesOf, seal } from '../catalogue/store.ts'
import { type PreparedCharacter, prepareCharacter } from '../compose/prepare.ts'
import type { PersonalityContract } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { luna, starters } from './index.ts'
import type { Starter } from './starter.ts'

export interface Starters {
  /** The character of whoever asks for none. */
  readonly standardId: string
  /** Ready for prompts without a look into the database; null for all other characters. */
  prepared(id: string): Promise<PreparedCharacter | null>
  /** Resolves once they stand in the catalogue, for lists and searches. Nothing of it happens at start. */
  ready(): Promise<void>
}

const documentOf = ({ slug, sheet, lorebook }: Starter): CharacterDocument => ({
  slug,
  card: withBook(newCard(sheet), lorebook ?? null),
  image: null,
  files: {},
  original: null,
})

export function createStarters({ db }: Pick<BaseContext<Tables, PersonalityContract>, 'db'>): Starters {
  const prepared = new Map<string, Promise<PreparedCharacter>>()
  let putting: Promise<void> | undefined

  async function put(): Promise<void> {
    const key = publicKey()
    await db.transaction(system, async tx => {
      const stored = await tx.sql
        .selectFrom('characters')
        .select(['id', 'version'])
        .where('built_in', '=', true)
        .execute()
      const versions = new Map(stored.map(row => [row.id, row.version]))
      for (const starter of starters) {
        if ((versions.get(starter.id) ?? 0) >= starter.version) continue
        const document = documentOf(starter)
        const values = {
          ...seal(key, starter.id, document),
          lexemes: lexemesOf(key, document),
          version: starter.version,
        }
        await tx.sql
          .insertInto('characters')
          .values({
            id: starter.id,
            owner_id: null,
            workspace_id: null,
            visibility: 'public',
            built_in: true,
            ...values,
          })
          .onConflict(conflict => conflict.column('id').doUpdateSet({ ...values, updated_at: sql<Date>`now()` }))
          .execute()
      }
    })
  }

  return {
    standardId: luna.id,
    async prepared(id) {
      const starter = starters.find(one => one.id === id)
      if (!starter) return null
      const known = prepared.get(id) ?? prepareCharacter({ ...starter, document: documentOf(starter) })
      prepared.set(id, known)
      return known
    },
    ready() {
      putting ??= put().catch((error: unknown) => {
        putting = undefined
        throw error
      })
      return putting
    },
  }
}
