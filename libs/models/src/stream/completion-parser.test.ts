import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompletionParser } from './completion-parser.ts'

const frame = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const done = `${frame({}, 'stop')}data: [DONE]\n\n`

/** Feeds bytes in pieces of the given sizes, in turn. */
function read(bytes: Uint8Array, sizes: readonly number[] = [bytes.length], maxCharacters = 100_000) {
  let text = ''
  let progress = 0
  const parser = new CompletionParser(
    { onText: part => (text += part), onProgress: () => progress++ },
    { maxCharacters },
  )
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    const chunk = Buffer.from(bytes.slice(at, at + size))
    parser.push(chunk)
    // As a socket may use its memory again.
    chunk.fill(0)
    at += size
  }
  const end = parser.end()
  return { text, progress, end }
}
const utf8 = (text: string) => new TextEncoder().encode(text)

test('text is the same through any cut of the bytes', () => {
  const tokens = fc.array(
    fc.string({ unit: 'binary' }).map(text => Buffer.from(text).toString()),
    { minLength: 1 },
  )
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(tokens, sizes, fc.boolean(), (parts, cut, crlf) => {
      const stream = parts.map(content => frame({ content })).join('') + done
      expect(read(utf8(crlf ? stream.replaceAll('\n', '\r\n') : stream), cut).text).toBe(parts.join(''))
    }),
  )
})

test('any bytes at all give an answer or an error of their own, never another error', () => {
  const frames = [frame({ content: 'a' }), done, 'data: {}\n\n', 'data: [1]\n\n', '\n']
  const piece = fc.oneof(fc.uint8Array(), fc.constantFrom(...frames).map(utf8))
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      expect(['an answer', 'MalformedStream', 'ErrorInStream']).toContain(outcome(pieces))
    }),
  )
})

function outcome(pieces: readonly Uint8Array[]): string {
  try {
    read(Uint8Array.from(pieces.flatMap(each => [...each])))
    return 'an answer'
  } catch (error) {
    return (error as Error).name
  }
}

describe('what the format allows', () => {
  test('comments, event names, ids, a byte order mark and data without a space', () => {
    const stream = `\ufeff: hello\n\nevent: x\nid: 1\nretry: 5\n${frame({ content: 'a' }).replace('data: ', 'data:')}${done}`
    expect(read(utf8(stream)).text).toBe('a')
  })

  test('data over several lines is one event', () => {
    expect(read(utf8(`data: {"choices":\ndata: [{"delta":{"content":"a"}}]}\n\n${done}`)).text).toBe('a')
  })

  test('a last event without an empty line', () => {
    expect(read(utf8(frame({ content: 'a' }) + frame({}, 'stop').trimEnd())).end.reason).toBe('stop')
  })

  test('thinking is a sign of life but no text', () => {
    const { text, progress } = read(
      utf8(frame({ reasoning_content: 'hm' }) + frame({ reasoning: 'hm' }) + frame({ content: 'a' }) + done),
    )
    expect([text, progress]).toEqual(['a', 2])
  })

  test.for([
    ['stop', 'stop'],
    ['STOP', 'stop'],
    ['max_tokens', 'length'],
    ['tool_calls', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['something_new', 'other'],
  ] as const)('finish_reason %s', ([word, reason]) => {
    expect(read(utf8(frame({ content: 'a' }, word))).end.reason).toBe(reason)
  })
})

describe('what it refuses', () => {
  test.for([
    ['an end before the answer was whole', frame({ content: 'a' })],
    ['[DONE] before anything', 'data: [DONE]\n\n'],
    ['finish_reason error', frame({ content: 'a' }, 'error')],
    ['an error object', 'data: {"error":{"message":"x","code":502}}\n\n'],
    ['a line that is no field', 'oops\n\n'],
    ['JSON that is cut', 'data: {"choices"\n\n'],
  ])('%s', ([, stream]) => {
    expect(() => read(utf8(stream!))).toThrow(/^it /)
  })

  test('thinking without end', () => {
    expect(() => read(utf8(frame({ reasoning: 'x'.repeat(50) }) + done), undefined, 40)).toThrow(/40 characters/)
  })
})

test('text is cut at the limit, never inside a pair, and says so', () => {
  const { text, end } = read(utf8(frame({ content: 'ab😀cd' }) + done), undefined, 3)
  expect(text).toBe('ab')
  expect(end).toMatchObject({ reason: 'length', cut: 'characters' })
  expect(read(utf8(frame({ content: 'abc' }) + done), undefined, 3).end.cut).toBeUndefined()
})
