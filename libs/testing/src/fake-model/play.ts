import type { ServerResponse } from 'node:http'
import type { FakeAnswer, FakeFault } from './answer.ts'
import { frameWriter, speak } from './frames.ts'
import type { FakeRequest } from './requests.ts'
import { createWire, type Wire } from './wire.ts'

type Writer = ReturnType<typeof frameWriter>
type StreamFault = Exclude<FakeFault, { kind: 'status' | 'html' }>

/** Streams one answer, with its pace and its fault, until it is whole or the caller has gone. */
export async function playStream(request: FakeRequest, answer: FakeAnswer, response: ServerResponse): Promise<void> {
  const spoken = speak(request, answer)
  const frames = frameWriter(spoken, answer.crlf)
  const wire = createWire(response, answer.splitBytes)
  const fault = answer.fault as StreamFault | undefined
  if (fault?.kind === 'hang' && fault.after === 'headers') return wire.gone
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.flushHeaders()
  if (answer.firstTokenMs) await wire.wait(answer.firstTokenMs)

  const proper = fault && 'after' in fault ? Number(fault.after) : spoken.tokens.length
  await wire.send(frames.role())
  await sendTokens(request, answer, spoken.tokens.slice(0, proper), frames, wire)
  if (wire.isGone()) return
  if (fault && (await playFault(fault, frames, wire, response))) return

  if (spoken.toolCalls.length > 0) await wire.send(frames.toolCalls())
  await wire.send(frames.finish())
  if (fault?.kind === 'no-end') return wire.gone
  const wantsUsage = request.body.stream_options?.include_usage === true
  await wire.send((wantsUsage && spoken.usage ? frames.usage() : '') + frames.done())
  await wire.flush()
  response.end()
}

async function sendTokens(
  request: FakeRequest,
  answer: FakeAnswer,
  tokens: readonly string[],
  frames: Writer,
  wire: Wire,
): Promise<void> {
  const perWrite = answer.tokensPerWrite ?? 64
  const started = performance.now()
  for (let sent = 0; sent < tokens.length && !wire.isGone(); ) {
    let until = sent === 0 ? 1 : sent + perWrite
    if (answer.tokensPerSecond) {
      const due = () => 1 + Math.floor(((performance.now() - started) / 1000) * answer.tokensPerSecond!)
      if (due() <= sent) await wire.wait((sent / answer.tokensPerSecond) * 1000 - (performance.now() - started))
      until = Math.max(sent + 1, due())
    }
    let block = ''
    for (; sent < Math.min(until, tokens.length); sent++) block += frames.token(tokens[sent]!)
    request.tokensSent = sent
    await wire.send(block)
  }
}

/** True when the fault ends the answer. */
async function playFault(fault: StreamFault, frames: Writer, wire: Wire, response: ServerResponse): Promise<boolean> {
  await wire.flush()
  switch (fault.kind) {
    case 'no-end':
      return false
    case 'hang':
      await wire.gone
      return true
    case 'end':
      response.end()
      return true
    case 'close':
      response.socket?.end()
      return true
    case 'reset':
      // A reset throws away what the caller has not read yet: let the proper tokens arrive first.
      await wire.wait(25)
      response.socket?.resetAndDestroy()
      return true
    case 'bad-utf8': {
      // An unescaped 0xff inside the string: a lenient decoder turns it into U+FFFD and the JSON still parses.
      const [before = '', behind = ''] = frames.token('| ').split('|')
      await wire.send(before)
      await wire.sendBytes(Uint8Array.of(0xff))
      await wire.send(behind)
      return false
    }
    case 'rubbish':
      await wire.send(`${fault.line ?? '<<<< this is no event >>>>'}\n\n`)
      return false
    case 'error-event':
      await wire.send(
        `data: ${JSON.stringify({ error: { message: fault.message ?? 'upstream fell over', code: 502 } })}\n\n`,
      )
      response.end()
      return true
    case 'endless-line':
      await wire.send('data: {"choices":[{"index":0,"delta":{"content":"')
      while (!wire.isGone()) await wire.send('x'.repeat(16_384))
      return true
    case 'endless':
      for (let k = 0; !wire.isGone(); k += 64) {
        let block = ''
        for (let i = 0; i < 64; i++) block += frames.token(`endless.${k + i} `)
        await wire.send(block)
      }
      return true
  }
}
