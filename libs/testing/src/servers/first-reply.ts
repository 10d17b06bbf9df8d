import { connect } from 'node:net'

const replyMs = 2_000

/** The first bytes a server sends, after `greeting` where it waits for one; empty when there are none within 2 s. */
export async function firstReply(host: string, port: number, greeting = ''): Promise<string> {
  return await new Promise(resolve => {
    const socket = connect({ host, port })
    const end = (reply: string) => {
      socket.destroy()
      resolve(reply)
    }
    socket.setTimeout(replyMs, () => end(''))
    socket.once('connect', () => socket.write(greeting))
    socket.once('data', data => end(data.toString()))
    socket.once('error', () => end(''))
    socket.once('close', () => end(''))
  })
}
