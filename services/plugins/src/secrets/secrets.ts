import { person } from '@luna/service'
import { sql as raw } from 'kysely'
import type { PluginsContext, PluginsTx } from '../context.ts'

const place = (pluginId: string, name: string) => `plugins.secrets.value:${pluginId}/${name}`

/** The secrets of a plugin for a person: given by the person, or tokens that Luna got for them. */
export interface SecretStore {
  /** Null where it was never given. */
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  /** Every value that was read, longest first: what must not be shown. */
  seen(): string[]
}

export function createSecretStore(ctx: PluginsContext, personId: string, pluginId: string): SecretStore {
  let loaded: Promise<Map<string, string>> | null = null
  async function load(): Promise<Map<string, string>> {
    const key = await ctx.keys.of(personId)
    const rows = await ctx.db.transaction(person(personId), tx =>
      tx.sql.selectFrom('secrets').select(['name', 'value']).where('plugin_id', '=', pluginId).execute(),
    )
    return new Map(rows.map(({ name, value }) => [name, key.open(value, place(pluginId, name))]))
  }
  const read = new Set<string>()
  return {
    async get(name) {
      loaded ??= load()
      const value = (await loaded).get(name) ?? null
      if (value !== null) read.add(value)
      return value
    },
    async set(name, value) {
      const sealed = (await ctx.keys.of(personId)).seal(value, place(pluginId, name))
      await ctx.db.transaction(person(personId), tx => writeSecret(tx, { personId, pluginId, name, sealed }))
      ;(await (loaded ??= load())).set(name, value)
      read.add(value)
    },
    seen: () => [...read].filter(value => value.length >= 6).toSorted((a, b) => b.length - a.length),
  }
}

export async function writeSecret(
  tx: PluginsTx,
  { personId, pluginId, name, sealed }: { personId: string; pluginId: string; name: string; sealed: Buffer },
): Promise<void> {
  await tx.sql
    .insertInto('secrets')
    .values({ person_id: personId, plugin_id: pluginId, name, value: sealed })
    .onConflict(conflict =>
      conflict.columns(['person_id', 'plugin_id', 'name']).doUpdateSet({ value: sealed, updated_at: raw<Date>`now()` }),
    )
    .execute()
}

export const sealSecret = async (
  ctx: PluginsContext,
  personId: string,
  pluginId: string,
  name: string,
  value: string,
) => (await ctx.keys.of(personId)).seal(value, place(pluginId, name))

/** A text with every secret in it made unreadable, also as it stands in a URL or in Base64. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets)
    for (const form of new Set([
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      JSON.stringify(secret).slice(1, -1),
    ]))
      clean = clean.replaceAll(form, '[secret]')
  return clean
}
