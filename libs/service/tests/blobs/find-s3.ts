import { GenericContainer, getContainerRuntimeClient, Wait } from 'testcontainers'

export interface S3Server {
  /** host:port, without TLS. */
  host: string
  accessKeyId: string
  secretAccessKey: string
  stop(): Promise<void>
}

const image = 'minio/minio:RELEASE.2025-09-07T16-13-09Z'

/** An S3 server for tests: LUNA_TEST_S3 (`key:secret@host:port`, buckets may be made there), MinIO in Docker, else the reason why not. */
export async function findS3(): Promise<{ start(): Promise<S3Server> } | { reason: string }> {
  const given = /^([^:]+):([^@]+)@(.+)$/.exec(process.env.LUNA_TEST_S3 ?? '')
  if (given) {
    const [, accessKeyId = '', secretAccessKey = '', host = ''] = given
    return { start: async () => ({ host, accessKeyId, secretAccessKey, stop: async () => undefined }) }
  }
  try {
    await getContainerRuntimeClient()
  } catch {
    return { reason: 'no container engine answers and LUNA_TEST_S3 is not set' }
  }
  return { start: startMinio }
}

async function startMinio(): Promise<S3Server> {
  const [accessKeyId, secretAccessKey] = ['luna-test', 'luna-test-secret']
  const container = await new GenericContainer(image)
    .withExposedPorts(9000)
    .withEnvironment({ MINIO_ROOT_USER: accessKeyId, MINIO_ROOT_PASSWORD: secretAccessKey })
    .withCommand(['server', '/data'])
    .withWaitStrategy(Wait.forHttp('/minio/health/ready', 9000))
    .start()
  return {
    host: `${container.getHost()}:${container.getMappedPort(9000)}`,
    accessKeyId,
    secretAccessKey,
    stop: async () => void (await container.stop()),
  }
}
