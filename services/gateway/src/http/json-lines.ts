import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** A file name that no header parser stumbles over. */
const plain = (name: string): string => name.replaceAll(/[^\w.-]+/g, '-')

async function* lines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

export const sendJsonLines = (reply: FastifyReply, name: string, rows: AsyncIterable<unknown>): FastifyReply =>
  sendFile(reply, `${name}.jsonl`, 'application/jsonl; charset=utf-8', Readable.from(lines(rows)))

/** Sends a stream as a download. */
export const sendFile = (reply: FastifyReply, name: string, type: string, body: Readable): FastifyReply =>
  reply
    .type(type)
    .header('content-disposition', `attachment; filename="${plain(name)}"`)
    .send(body)
