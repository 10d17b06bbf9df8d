import { LunaError, type PluginManifest, pluginManifest } from '@luna/contracts'
import { invalidInput } from '@luna/service'
import { schemaFaults } from '../arguments/schema-faults.ts'
import { withinHosts } from '../fetch/host-patterns.ts'
import { signerOf } from './signature.ts'

/** Bytes of a manifest at most, code and all. */
const maxBytes = 256 * 1024

/**
 * A manifest that can be installed, with every default filled in.
 * @throws LunaError `invalid` with every fault by its path; `too-large`
 */
export async function readManifest(value: unknown): Promise<PluginManifest> {
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '')
  if (bytes > maxBytes)
    throw new LunaError('too-large', `The manifest has ${bytes} bytes; the limit is ${maxBytes}.`, {
      details: { limit: maxBytes },
    })
  const parsed = pluginManifest.safeParse(value)
  if (!parsed.success) throw invalidInput(parsed.error, 'The manifest')
  const manifest = parsed.data
  const faults = [...(await parameterFaults(manifest)), ...hostFaults(manifest)]
  if (signerOf(manifest) === false)
    faults.push({ path: 'signature', message: 'does not hold: the manifest was changed after it was signed' })
  if (faults.length > 0)
    throw new LunaError(
      'invalid',
      `The manifest is not valid: ${faults.map(fault => `${fault.path}: ${fault.message}`).join('; ')}.`,
      {
        details: { faults },
      },
    )
  return manifest
}

interface Fault {
  path: string
  message: string
}

async function parameterFaults(manifest: PluginManifest): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const [index, action] of manifest.actions.entries())
    for (const message of await schemaFaults(action.parameters))
      faults.push({ path: `actions.${index}.parameters`, message })
  return faults
}

/** A host that an action names outright must be among those that are asked for. */
function hostFaults({ actions, capabilities, mcp }: PluginManifest): Fault[] {
  const faults: Fault[] = []
  const look = (path: string, text: string) => {
    const literal = /^https?:\/\/[^/?#{}]+/.exec(text)?.[0]
    if (literal === undefined)
      return void faults.push({
        path,
        message: 'must begin with http:// or https:// and a host that is not a parameter',
      })
    if (!URL.canParse(literal)) return void faults.push({ path, message: 'is not a URL' })
    if (!withinHosts(capabilities.hosts, new URL(literal)))
      faults.push({ path, message: `asks ${new URL(literal).host}, which "capabilities.hosts" does not ask for` })
  }
  for (const [index, { run }] of actions.entries()) {
    if (run.type !== 'http') continue
    look(`actions.${index}.run.url`, run.url)
    if ('tokenUrl' in run.auth) look(`actions.${index}.run.auth.tokenUrl`, run.auth.tokenUrl)
  }
  if (mcp?.transport === 'http') look('mcp.url', mcp.url)
  return faults
}
