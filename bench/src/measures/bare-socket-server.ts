import websocket from '@fastify/websocket'
import Fastify from 'fastify'

/** The measure for idle connections: @fastify/websocket and nothing else. Prints its URL. */
const app = Fastify()
await app.register(websocket)
app.get('/ws', { websocket: true }, socket => {
  socket.on('message', (data: Buffer) => socket.send(data.toString()))
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
