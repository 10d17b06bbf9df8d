import type { Readable } from 'node:stream'

/** Avatars, attachments, exports: everything too large for a row. One port, two adapters, one contract suite. */
export interface Blobs {
  /**
   * Stores the whole body or nothing; replaces what had the key.
   * @throws LunaError `too-large` over `maxBytes`, `invalid` for a bad key or type
   */
  put(key: string, body: BlobBody, options: PutOptions): Promise<BlobInfo>
  /** Null when there is none. Read the body to its end or destroy it. */
  get(key: string): Promise<Blob | null>
  head(key: string): Promise<BlobInfo | null>
  /** Resolves to whether there was one. */
  delete(key: string): Promise<boolean>
  /** Deletes every blob under a prefix; resolves to how many there were. What is put meanwhile may stay. */
  deletePrefix(prefix: string): Promise<number>
  /** Blobs under a prefix, in no promised order. A prefix is empty or ends with `/`. */
  list(prefix: string): AsyncIterable<BlobEntry>
}

export type BlobBody = Uint8Array | AsyncIterable<Uint8Array>

export interface PutOptions {
  /** Media type, such as `image/png`. */
  type: string
  /** Largest size in bytes; the adapter's own limit (64 MiB unless told) holds as well. */
  maxBytes?: number
}

export interface BlobEntry {
  key: string
  bytes: number
}

export interface BlobInfo extends BlobEntry {
  type: string
}

export interface Blob extends BlobInfo {
  body: Readable
}

export const defaultMaxBytes = 64 * 1024 * 1024
