import type { ServerResponse } from 'node:http'
import type { FakeAnswer } from './answer.ts'
import type { FakeRequest } from './requests.ts'
import type { ScriptState } from './script.ts'

/**
 * How another process steers the fake model:
 * `POST /__script` `{queue?: FakeAnswer[], always?: FakeAnswer}` replaces either, `DELETE /__script` clears both,
 * `GET /__script` answers `{left}`, `GET /__requests` the calls so far, `DELETE /__requests` forgets them.
 */
export function handleControl(
  method: string,
  path: string,
  text: string,
  response: ServerResponse,
  script: ScriptState,
  requests: FakeRequest[],
): void {
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  switch (`${method} ${path}`) {
    case 'POST /__script': {
      const body = JSON.parse(text) as { queue?: FakeAnswer[]; always?: FakeAnswer }
      if (body.queue) script.set(body.queue)
      if (body.always) script.always(body.always)
      send(200, { left: script.left() })
      return
    }
    case 'GET /__script':
      send(200, { left: script.left() })
      return
    case 'DELETE /__script':
      script.set([])
      script.always({})
      send(200, { left: 0 })
      return
    case 'GET /__requests':
      send(200, requests)
      return
    case 'DELETE /__requests':
      requests.length = 0
      send(200, [])
      return
    default:
      send(404, { error: { message: `no control ${method} ${path}; there are /__script and /__requests` } })
  }
}
