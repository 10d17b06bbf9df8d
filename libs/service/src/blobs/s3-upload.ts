import type * as sdkModule from '@aws-sdk/client-s3'

type Sdk = typeof sdkModule

/** S3 takes parts of 5 MiB to 5 GiB; what fits in one is put at once. */
const partBytes = 8 * 1024 * 1024

export interface UploadTarget {
  Bucket: string
  Key: string
}

/** Uploads a stream of unknown length with one part in memory; resolves to its bytes. On failure nothing is stored. */
export const uploadTo =
  (client: sdkModule.S3Client, sdk: Sdk) =>
  async (target: UploadTarget, type: string, body: AsyncIterable<Uint8Array>): Promise<number> => {
    const parts = inParts(body)
    const first = (await parts.next()).value ?? Buffer.alloc(0)
    if (first.byteLength < partBytes) {
      await client.send(
        new sdk.PutObjectCommand({ ...target, ContentType: type, Body: first, ContentLength: first.byteLength }),
      )
      return first.byteLength
    }
    const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ ...target, ContentType: type }))
    let bytes = 0
    const done: { ETag: string | undefined; PartNumber: number }[] = []
    const send = async (part: Uint8Array) => {
      const PartNumber = done.length + 1
      const { ETag } = await client.send(
        new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body: part, ContentLength: part.byteLength }),
      )
      done.push({ ETag, PartNumber })
      bytes += part.byteLength
    }
    try {
      await send(first)
      for await (const part of parts) await send(part)
      await client.send(
        new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: done } }),
      )
      return bytes
    } catch (error) {
      await client.send(new sdk.AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined)
      throw error
    }
  }

async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.byteLength
    while (size >= partBytes) {
      const whole = Buffer.concat(chunks)
      yield whole.subarray(0, partBytes)
      chunks = [whole.subarray(partBytes)]
      size -= partBytes
    }
  }
  if (size > 0) yield Buffer.concat(chunks)
}
