import { LunaError, type plugins } from '@luna/contracts'
import { type CallHandlers, person, personOf } from '@luna/service'
import type { PluginsContext } from '../context.ts'
import { describe } from '../install/describe.ts'
import { findInstalled } from '../install/installed.ts'
import { putManifest } from '../install/put-install.ts'
import { contentHash } from '../manifest/canonical.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { manifestOfOpenapi } from './manifest-of-openapi.ts'
import { readDocument } from './read-document.ts'

type Handlers = CallHandlers<typeof plugins, PluginsContext>

/** Makes a plugin of an OpenAPI 3 document; it is then to be installed like any other. */
export const importOpenapi: Handlers['importOpenapi'] = async ({ document, id, baseUrl }, ctx, { scope }) => {
  const personId = personOf(scope)
  const manifest = await readManifest(manifestOfOpenapi(await readDocument(document), { id, baseUrl }))
  const hash = contentHash(manifest)
  return ctx.db.transaction(person(personId), async tx => {
    const installed = await findInstalled(tx, manifest.id)
    if (installed && installed.source !== 'openapi')
      throw new LunaError('conflict', `There is another plugin "${manifest.id}" already. Give an "id".`)
    await putManifest(tx, { personId, source: 'openapi', manifest, hash })
    return describe({ tx, personId, installed, manifest, hash, source: 'openapi' })
  })
}
