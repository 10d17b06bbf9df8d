/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  id: string
  event: string
  data: string
}

/**
 * Reads server-sent events as the HTML standard parses them (section 9.2.6): lines end in LF, CR or CRLF, wherever the
 * bytes are cut; the last id stays until another comes; an event without data is none.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let current = { id: '', event: '', data: [] as string[] }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line !== '') readLine(line, current)
        else {
          if (current.data.length > 0) {
            yield { id: current.id, event: current.event || 'message', data: current.data.join('\n') }
          }
          current = { id: current.id, event: '', data: [] }
        }
      }
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function readLine(line: string, into: { id: string; event: string; data: string[] }): void {
  const at = line.indexOf(':')
  const field = at === -1 ? line : line.slice(0, at)
  const value = at === -1 ? '' : line.slice(line[at + 1] === ' ' ? at + 2 : at + 1)
  if (field === 'data') into.data.push(value)
  else if (field === 'event') into.event = value
  else if (field === 'id' && !value.includes('\0')) into.id = value
}
