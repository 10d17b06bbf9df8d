import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { describe } from 'vitest'
import { s3Blobs } from '../../src/blobs/index.ts'
import { blobsContract } from './contract.ts'
import { findS3 } from './find-s3.ts'

const found = await findS3()

describe.skipIf('reason' in found)(`needs-docker: blobs in S3${'reason' in found ? ` (${found.reason})` : ''}`, () => {
  blobsContract(async maxBytes => {
    if ('reason' in found) throw new Error(found.reason)
    const { host, accessKeyId, secretAccessKey, stop } = await found.start()
    const bucket = `luna-${randomUUID()}`
    const client = new S3Client({
      endpoint: `http://${host}`,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
    })
    await client.send(new CreateBucketCommand({ Bucket: bucket }))
    client.destroy()
    const secret = encodeURIComponent(secretAccessKey)
    const blobs = await s3Blobs(`s3://${accessKeyId}:${secret}@${host}/${bucket}/in/side?tls=false`, { maxBytes })
    return {
      blobs,
      async close() {
        blobs.close()
        await stop()
      },
    }
  })
})
