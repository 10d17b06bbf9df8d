import { LunaError } from '@luna/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The version in If-Match (RFC 9110, 13.1.1): undefined when there is none, or it is `*`. */
export function ifVersionOf({ headers }: FastifyRequest): number | undefined {
  const header = headers['if-match']
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(header)?.[1]
  if (version === undefined)
    throw new LunaError('invalid', 'If-Match must hold one version as the ETag gave it, such as `"3"`.')
  return Number(version)
}

/** Adds an answer's version as its ETag. */
export function tagged<T extends { version: number }>(reply: FastifyReply, value: T): T {
  reply.header('etag', `"${value.version}"`)
  return value
}
