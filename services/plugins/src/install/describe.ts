import type { Plugin, PluginManifest, PluginSource } from '@luna/contracts'
import { commandUsage } from '../commands/usage.ts'
import type { PluginsTx } from '../context.ts'
import { tokenName } from '../http/tokens.ts'
import { signerOf } from '../manifest/signature.ts'
import { asksForMore, consentOf } from './decide-grant.ts'
import { type Installed, loadConsents } from './installed.ts'

export interface Described {
  tx: PluginsTx
  personId: string
  installed: Installed | null
  /** As the registry has it now, which may be newer than what is installed. */
  manifest: PluginManifest
  hash: string
  source: PluginSource
}

/** A plugin as a person sees it: what is installed, and what the registry has beyond. */
export async function describe({
  tx,
  personId,
  installed,
  manifest: offered,
  hash,
  source,
}: Described): Promise<Plugin> {
  const manifest = installed?.manifest ?? offered
  const [consents, secrets] = await Promise.all([
    loadConsents(tx, personId),
    tx.sql.selectFrom('secrets').select('name').where('plugin_id', '=', manifest.id).execute(),
  ])
  const names = secrets.map(secret => secret.name)
  const signer = signerOf(manifest)
  const signIns = manifest.actions.flatMap(({ run }) =>
    run.type === 'http' && run.auth.type === 'oauth2-authorization-code' ? [tokenName(run.auth)] : [],
  )
  const newer =
    installed && installed.hash !== hash ? asksForMore(installed.manifest.capabilities, offered.capabilities) : null
  return {
    id: manifest.id,
    name: manifest.name,
    version: manifest.version,
    author: manifest.author,
    description: manifest.description,
    ...(manifest.homepage ? { homepage: manifest.homepage } : {}),
    tags: manifest.tags,
    source: installed?.source ?? source,
    hash: installed?.hash ?? hash,
    ...(signer ? { signedBy: signer } : {}),
    capabilities: manifest.capabilities,
    actions: manifest.actions.map(action => ({
      name: action.name,
      description: action.description,
      effect: action.effect,
      parameters: action.parameters,
      runs: action.run.type,
      ...(installed ? { consent: consentOf(action, installed.granted, consents.of(manifest.id, action.name)) } : {}),
    })),
    commands: manifest.commands.map(command => ({
      name: command.name,
      description: command.description,
      usage: commandUsage(command),
      action: command.action,
    })),
    installed: installed !== null,
    enabled: installed?.enabled ?? false,
    ...(installed?.workspaceId ? { workspaceId: installed.workspaceId } : {}),
    ...(installed ? { grant: installed.granted, secretsGiven: names.filter(name => !name.startsWith('oauth:')) } : {}),
    ...(signIns.length > 0 && installed
      ? { signIn: signIns.every(name => names.includes(name)) ? ('done' as const) : ('needed' as const) }
      : {}),
    ...(newer ? { update: { version: offered.version, asksForMore: newer.length > 0, more: newer } } : {}),
  }
}
