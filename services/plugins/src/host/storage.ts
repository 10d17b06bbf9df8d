import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import type { PluginsContext, PluginsTx } from '../context.ts'

const mostKeys = 1_000
const mostBytes = 64 * 1024
const place = (pluginId: string, key: string) => `plugins.stored.value:${pluginId}/${key}`

/** The store of a plugin for a person. Writes are seen by the run at once and by others when the run has ended well. */
export function createStorage(ctx: PluginsContext, personId: string, pluginId: string) {
  const written = new Map<string, Buffer | null>()
  const scope = person(personId)

  async function keys(prefix: string): Promise<string[]> {
    const rows = await ctx.db.transaction(scope, tx =>
      tx.sql.selectFrom('stored').select('key').where('plugin_id', '=', pluginId).execute(),
    )
    const all = new Set(rows.map(row => row.key))
    for (const [key, value] of written) {
      if (value) all.add(key)
      else all.delete(key)
    }
    return [...all].filter(key => key.startsWith(prefix)).toSorted()
  }

  return {
    async get(key: string): Promise<unknown> {
      const sealed = written.has(key)
        ? written.get(key)
        : (
            await ctx.db.transaction(scope, tx =>
              tx.sql
                .selectFrom('stored')
                .select('value')
                .where('plugin_id', '=', pluginId)
                .where('key', '=', key)
                .executeTakeFirst(),
            )
          )?.value
      return sealed ? (await ctx.keys.of(personId)).openJson(sealed, place(pluginId, key)) : null
    },
    async set(key: string, value: unknown): Promise<void> {
      const text = JSON.stringify(value)
      if (text === undefined) throw new LunaError('invalid', 'Only JSON can be stored.')
      if (Buffer.byteLength(text) > mostBytes)
        throw new LunaError('too-large', `A stored value may have ${mostBytes} bytes at most.`, {
          details: { limit: mostBytes },
        })
      if (key.length > 200) throw new LunaError('too-large', 'A key may have 200 characters at most.')
      if ((await keys('')).filter(known => known !== key).length >= mostKeys)
        throw new LunaError('too-large', `A plugin may store ${mostKeys} values at most. Delete some first.`)
      written.set(key, (await ctx.keys.of(personId)).sealJson(value, place(pluginId, key)))
    },
    async delete(key: string): Promise<void> {
      written.set(key, null)
    },
    list: (prefix = '') => keys(prefix),
    async commit(tx: PluginsTx): Promise<void> {
      for (const [key, value] of written) {
        if (value === null) {
          await tx.sql.deleteFrom('stored').where('plugin_id', '=', pluginId).where('key', '=', key).execute()
          continue
        }
        await tx.sql
          .insertInto('stored')
          .values({ person_id: personId, plugin_id: pluginId, key, value })
          .onConflict(conflict => conflict.columns(['person_id', 'plugin_id', 'key']).doUpdateSet({ value }))
          .execute()
      }
    },
  }
}
