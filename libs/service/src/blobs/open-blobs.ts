import { folderBlobs } from './folder.ts'
import { s3Blobs } from './s3.ts'
import type { Blobs } from './types.ts'

export type BlobPlace = { url: string; maxBytes?: number } | { folder: string; maxBytes?: number }

/** The store that is configured: S3_URL, else a folder. */
export const openBlobs = (place: BlobPlace): Promise<Blobs> => {
  const options = place.maxBytes === undefined ? {} : { maxBytes: place.maxBytes }
  return 'url' in place ? s3Blobs(place.url, options) : folderBlobs(place.folder, options)
}
