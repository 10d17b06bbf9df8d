/** What authors of plugins need, without a running service: reading, hashing, signing and trying a manifest. */

export { tryAction } from './author/try-action.ts'
export { contentHash } from './manifest/canonical.ts'
export { readManifest } from './manifest/read-manifest.ts'
export { signManifest } from './manifest/signature.ts'
