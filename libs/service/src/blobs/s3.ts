import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import { LunaError } from '@luna/contracts'
import { checkDeletable, checkKey, checkPrefix, checkType, limited, limitOf } from './check.ts'
import { uploadTo } from './s3-upload.ts'
import { parseS3Url } from './s3-url.ts'
import { type Blobs, defaultMaxBytes } from './types.ts'

export interface S3Options {
  maxBytes?: number
}

export interface ClosableBlobs extends Blobs {
  close(): void
}

const deletedAtOnce = 1000

/** Blobs in a bucket of S3 or of what speaks like it. The SDK (40 MB of code) is loaded only here, when it is used. */
export async function s3Blobs(url: string, { maxBytes = defaultMaxBytes }: S3Options = {}): Promise<ClosableBlobs> {
  const place = parseS3Url(url)
  const sdk = await import('@aws-sdk/client-s3')
  const client: S3Client = new sdk.S3Client({
    region: place.region,
    ...(place.endpoint ? { endpoint: place.endpoint, forcePathStyle: true } : {}),
    ...(place.credentials ? { credentials: place.credentials } : {}),
    // Other makers' servers refuse the checksums that AWS takes by default.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (key: string) => ({ Bucket: place.bucket, Key: place.prefix + checkKey(key) })
  const upload = uploadTo(client, sdk)

  async function* pages(prefix: string) {
    let token: string | undefined
    do {
      const page = await ask(
        client.send(
          new sdk.ListObjectsV2Command({
            Bucket: place.bucket,
            Prefix: place.prefix + prefix,
            ContinuationToken: token,
          }),
        ),
      )
      yield (page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({
        key: Key.slice(place.prefix.length),
        bytes: Size,
      }))
      token = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (token)
  }

  async function head(key: string) {
    const found = await orNull(client.send(new sdk.HeadObjectCommand(at(key))))
    return found && { key, bytes: found.ContentLength ?? 0, type: found.ContentType ?? 'application/octet-stream' }
  }

  return {
    async put(key, body, options) {
      const target = at(key)
      const type = checkType(options.type)
      const bytes = await ask(upload(target, type, limited(body, limitOf(options, maxBytes))))
      return { key, bytes, type }
    },
    async get(key) {
      const found = await orNull(client.send(new sdk.GetObjectCommand(at(key))))
      if (!found?.Body) return null
      const type = found.ContentType ?? 'application/octet-stream'
      return { key, bytes: found.ContentLength ?? 0, type, body: found.Body as Readable }
    },
    head,
    async delete(key) {
      if (!(await head(key))) return false
      await ask(client.send(new sdk.DeleteObjectCommand(at(key))))
      return true
    },
    async deletePrefix(prefix) {
      checkDeletable(prefix)
      let count = 0
      for await (const page of pages(prefix)) {
        for (let from = 0; from < page.length; from += deletedAtOnce) {
          const keys = page.slice(from, from + deletedAtOnce).map(({ key }) => ({ Key: place.prefix + key }))
          const answer = await ask(
            client.send(new sdk.DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects: keys, Quiet: true } })),
          )
          if (answer.Errors?.length)
            throw new LunaError(
              'unavailable',
              `The blob store kept ${answer.Errors.length} of ${keys.length} blobs; try again.`,
            )
          count += keys.length
        }
      }
      return count
    },
    async *list(prefix) {
      checkPrefix(prefix)
      for await (const page of pages(prefix)) yield* page
    },
    close: () => client.destroy(),
  }
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (nameOf(error) === 'NotFound' || nameOf(error) === 'NoSuchKey') return null
    throw unavailable(error)
  }
}

const ask = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw error instanceof LunaError ? error : unavailable(error)
  })

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

const unavailable = (cause: unknown): LunaError =>
  new LunaError('unavailable', `The blob store answered ${nameOf(cause)}; check S3_URL and that the bucket exists.`, {
    cause,
  })
