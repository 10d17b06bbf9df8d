import { isUtf8 } from 'node:buffer'
import type { Dispatcher } from 'undici'
import { CompletionParser, type ParsedEnd } from '../stream/completion-parser.ts'
import { MalformedStream } from '../stream/sse-reader.ts'
import type { ProviderFault } from './fault.ts'
import type { StreamEnd, StreamHandle, StreamSink } from './provider.ts'
import { statusFault } from './status-fault.ts'
import { streamFault } from './stream-fault.ts'
import { usageOf } from './wire-usage.ts'

export interface HttpStreamOptions {
  dispatcher: Dispatcher
  /** The whole address of `chat/completions`. */
  url: URL
  headers: Record<string, string>
  body: string
  model: string
  maxCharacters: number
  now: () => Date
}

/** After finish_reason, how long usage and [DONE] may take before the answer counts as whole without them. */
const graceMs = 2_000
const maxErrorBytes = 64 * 1024

type Mode = 'events' | 'json' | 'error'

/**
 * One streamed chat completion. It stands on undici's dispatch instead of fetch or the openai client: bytes go from the
 * socket to the parser in one synchronous call, which costs a fraction per token and closes the socket at once on abort.
 */
export function openHttpStream(options: HttpStreamOptions, sink: StreamSink): StreamHandle {
  let controller: Dispatcher.DispatchController | undefined
  let over = false
  let status = 0
  let mode: Mode = 'events'
  const collected: Uint8Array[] = []
  let collectedBytes = 0
  let headers: Record<string, string | string[] | undefined> = {}
  let grace: NodeJS.Timeout | undefined
  let lingering: NodeJS.Timeout | undefined

  const parser = new CompletionParser(sink, options)
  const close = () => {
    over = true
    clearTimeout(grace)
  }
  const finish = (end: ParsedEnd) => {
    if (over) return
    close()
    sink.onEnd(streamEnd(end))
  }
  const fail = (error: unknown) => {
    if (over) return
    // The model had already said that it was done: a connection that breaks afterwards takes nothing from the answer.
    if (status === 200 && parser.isFinished && !(error instanceof MalformedStream)) return finish(parser.settle())
    close()
    sink.onFault(streamFault(error))
  }
  const hangUp = () => controller?.abort(new Error('closed by Luna'))

  options.dispatcher.dispatch(
    {
      origin: options.url.origin,
      path: options.url.pathname + options.url.search,
      method: 'POST',
      headers: options.headers,
      body: options.body,
      headersTimeout: 0,
      bodyTimeout: 0,
    },
    {
      onRequestStart(started) {
        controller = started
        if (over) hangUp()
      },
      onResponseStart(_controller, code, found) {
        if (code < 200) return
        status = code
        headers = found
        const type = String(found['content-type'] ?? '')
        if (code !== 200) mode = 'error'
        else if (/\bjson\b/i.test(type)) mode = 'json'
        else if (/html/i.test(type)) {
          fail(new MalformedStream('it answered with a web page; check its baseURL'))
          hangUp()
        }
      },
      onResponseData(_controller, chunk) {
        if (over) {
          // Something after [DONE]: the connection is not to be trusted with another request.
          if (parser.ended) hangUp()
          return
        }
        if (mode !== 'events') {
          const limit = mode === 'error' ? maxErrorBytes : options.maxCharacters * 4
          collected.push(Uint8Array.prototype.slice.call(chunk))
          collectedBytes += chunk.length
          if (collectedBytes <= limit) return
          fail(mode === 'error' ? errorAnswer() : new MalformedStream('its answer is over the size limit'))
          hangUp()
          return
        }
        try {
          parser.push(chunk)
          if (parser.ended) {
            finish(parser.ended)
            if (parser.ended.cut) {
              hangUp()
              return
            }
            // The response should be over now; one that stays open would keep its connection.
            lingering = setTimeout(hangUp, graceMs).unref()
          } else if (parser.isFinished) {
            grace ??= setTimeout(() => {
              finish(parser.settle())
              hangUp()
            }, graceMs)
          }
        } catch (error) {
          fail(error)
          hangUp()
        }
      },
      onResponseEnd() {
        clearTimeout(lingering)
        if (over) return
        try {
          if (mode === 'error') fail(errorAnswer())
          else finish(mode === 'json' ? parser.whole(collectedText()) : parser.end())
        } catch (error) {
          fail(error)
        }
      },
      onResponseError(_controller, error) {
        clearTimeout(lingering)
        fail(mode === 'error' && status > 0 ? errorAnswer() : error)
      },
    },
  )

  function collectedText(lenient = false): string {
    const bytes = Buffer.concat(collected)
    if (!lenient && !isUtf8(bytes)) throw new MalformedStream('it sent bytes that are no UTF-8')
    return bytes.toString('utf8')
  }

  function errorAnswer(): ProviderFault {
    return statusFault({
      status,
      header: name => (typeof headers[name] === 'string' ? headers[name] : undefined),
      body: jsonOrNothing(collectedText(true)),
      model: options.model,
      now: options.now(),
    })
  }

  return {
    abort() {
      if (over) return
      close()
      hangUp()
    },
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
  }
}

function streamEnd(end: ParsedEnd): StreamEnd {
  return {
    reason: end.reason,
    ...(end.cut ? { cut: end.cut } : {}),
    toolCalls: end.toolCalls,
    usage: end.usage ? usageOf(end.usage) : undefined,
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
