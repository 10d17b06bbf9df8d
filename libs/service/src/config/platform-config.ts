import { resolve } from 'node:path'
import { z } from 'zod'
import { urlOf } from './settings.ts'

/** The settings that every way of running reads: each backing service is chosen by its URL alone; absent means embedded. */
export const platformConfig = z
  .object({
    LUNA_DATA_DIR: z
      .string()
      .default('.luna')
      .transform(path => resolve(path))
      .describe('Where embedded mode stores everything.'),
    NATS_URL: urlOf('nats', 'tls', 'ws', 'wss').optional().describe('The bus; absent: in process.'),
    DATABASE_URL: urlOf('postgres', 'postgresql')
      .optional()
      .describe('The administrator’s login to PostgreSQL; absent: an embedded server.'),
    QDRANT_URL: urlOf('http', 'https').optional().describe('Vectors; absent: exact search.'),
    REDIS_URL: urlOf('redis', 'rediss').optional().describe('Limits, cache, presence; absent: in memory.'),
    S3_URL: urlOf('s3').optional().describe('Files; absent: a folder in LUNA_DATA_DIR.'),
    LUNA_MASTER_KEY: z
      .string()
      .min(16, { error: 'must have at least 16 characters; `openssl rand -base64 32` makes a good one' })
      .optional()
      .describe('Wraps persons’ keys and signs tokens; embedded: made in LUNA_DATA_DIR.'),
    LUNA_MASTER_KEY_PREVIOUS: z.string().min(16).optional().describe('The key before, while keys are wrapped anew.'),
    LUNA_NATS_REPLICAS: z
      .enum(['1', '3', '5'])
      .default('1')
      .transform(Number)
      .describe('Copies of each stream; 3 on a cluster.'),
    LUNA_HEALTH_PORT: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .optional()
      .describe('Health and metrics of a single service; absent: none.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('How much is logged.'),
  })
  .transform(env => ({
    dataDir: env.LUNA_DATA_DIR,
    natsUrl: env.NATS_URL,
    databaseUrl: env.DATABASE_URL,
    qdrantUrl: env.QDRANT_URL,
    redisUrl: env.REDIS_URL,
    s3Url: env.S3_URL,
    masterKey: env.LUNA_MASTER_KEY,
    previousMasterKey: env.LUNA_MASTER_KEY_PREVIOUS,
    natsReplicas: env.LUNA_NATS_REPLICAS,
    healthPort: env.LUNA_HEALTH_PORT,
    logLevel: env.LOG_LEVEL,
  }))

export type PlatformConfig = z.output<typeof platformConfig>
