import { createHash } from 'node:crypto'
import { type HttpAuth, LunaError, type plugins } from '@luna/contracts'
import { type CallHandlers, person, personOf } from '@luna/service'
import { sql as raw } from 'kysely'
import type { PluginsContext } from '../context.ts'
import { requestToken } from '../http/tokens.ts'
import { findInstalled, type Installed } from '../install/installed.ts'
import { createSecretStore } from '../secrets/secrets.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>
type CodeAuth = Extract<HttpAuth, { type: 'oauth2-authorization-code' }>

interface Begun {
  verifier: string
  redirectUri: string
}

const place = (state: string) => `plugins.sign-ins.body:${state}`

function authOf(plugin: Installed | null, id: string): CodeAuth {
  for (const { run } of plugin?.manifest.actions ?? [])
    if (run.type === 'http' && run.auth.type === 'oauth2-authorization-code') return run.auth
  throw new LunaError('not-found', `There is no installed plugin "${id}" that needs a sign-in.`)
}

/** Begins an authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636). */
export const beginSignIn: Handlers['beginSignIn'] = async ({ id, redirectUri }, ctx, { scope }) => {
  const personId = personOf(scope)
  const auth = authOf(await ctx.db.transaction(scope, tx => findInstalled(tx, id)), id)
  const secrets = createSecretStore(ctx, personId, id)
  const clientId = await secrets.get(auth.clientId)
  if (clientId === null)
    throw new LunaError('invalid', `The secret ${auth.clientId} was not given. Add it to the plugin.`)
  const state = Buffer.from(ctx.random.bytes(24)).toString('base64url')
  const verifier = Buffer.from(ctx.random.bytes(48)).toString('base64url')
  const body = (await ctx.keys.of(personId)).sealJson({ verifier, redirectUri } satisfies Begun, place(state))
  await ctx.db.transaction(person(personId), async tx => {
    await tx.sql.deleteFrom('sign_ins').where('expires_at', '<', raw<Date>`now()`).execute()
    await tx.sql
      .insertInto('sign_ins')
      .values({
        state,
        person_id: personId,
        plugin_id: id,
        body,
        expires_at: raw<Date>`now() + interval '10 minutes'` as never,
      })
      .execute()
  })
  const url = new URL(auth.authorizationUrl)
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: auth.scopes.join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value)
  return { url: url.href }
}

/** Ends it: the state is used once, by the person who began. */
export const finishSignIn: Handlers['finishSignIn'] = async ({ state, code }, ctx, { scope }) => {
  const personId = personOf(scope)
  const row = await ctx.db.transaction(person(personId), tx =>
    tx.sql
      .deleteFrom('sign_ins')
      .where('state', '=', state)
      .where('expires_at', '>', raw<Date>`now()`)
      .returning(['plugin_id', 'body'])
      .executeTakeFirst(),
  )
  if (!row)
    throw new LunaError('not-found', 'This sign-in was not begun by you, or more than ten minutes ago. Begin again.')
  const { verifier, redirectUri } = (await ctx.keys.of(personId)).openJson(row.body, place(state)) as Begun
  const plugin = await ctx.db.transaction(scope, tx => findInstalled(tx, row.plugin_id))
  const auth = authOf(plugin, row.plugin_id)
  const secrets = createSecretStore(ctx, personId, row.plugin_id)
  await requestToken(
    {
      secrets,
      safeFetch: ctx.safeFetch,
      hosts: plugin?.granted.hosts ?? [],
      signal: AbortSignal.timeout(15_000),
      now: () => ctx.clock.now(),
    },
    auth,
    { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    null,
  )
  return { id: row.plugin_id }
}
