import { chooseSource } from './choose-source.ts'
import { dockerAnswers } from './docker-engine.ts'
import { startContainer } from './docker-server.ts'
import type { Missing, NeededServer, NeedOptions } from './need.ts'
import { startProgram } from './program-server.ts'
import { canInstall, findProgram, installPackage } from './programs.ts'
import type { ServerKind } from './server-kind.ts'

/**
 * A server of this kind: from the environment's URL, else Docker, else a program on the PATH, else Debian's package
 * when root; else what is missing. One that is there but does not start or answer is an error, never "missing".
 */
export async function needServer(kind: ServerKind, options: NeedOptions): Promise<NeededServer | Missing> {
  const url = process.env[kind.urlVariable]
  const own = options.own === true || options.args !== undefined
  const docker = await dockerAnswers()
  const binary = await findProgram(kind.program)
  const installable = kind.debianPackage !== undefined && (await canInstall())
  const missing = (reason: string): Missing => ({ available: false, name: kind.name, reason })
  switch (chooseSource({ url, docker, binary, installable }, own)) {
    case 'url':
      return await fromUrl(kind, url as string)
    case 'docker':
      return await startContainer(kind, options)
    case 'path':
      return await startProgram(kind, binary as string, 'path', options)
    case 'package': {
      const reason = await installPackage(kind.debianPackage as string)
      const installed = await findProgram(kind.program)
      if (reason || !installed) return missing(reason ?? `${kind.debianPackage} brought no ${kind.program}`)
      return await startProgram(kind, installed, 'package', options)
    }
    default:
      return missing(
        `no ${kind.urlVariable}${own && url ? ' that tests may kill' : ''}, no container engine, no ${kind.program} on the PATH`,
      )
  }
}

async function fromUrl(kind: ServerKind, text: string): Promise<NeededServer> {
  const url = URL.parse(text)
  if (!url) throw new Error(`${kind.urlVariable} is not a URL. Give one such as ${kind.urlOf('127.0.0.1', 4000)}.`)
  const port = Number(url.port || kind.imagePort)
  if (!(await kind.answers(url.hostname, port))) {
    throw new Error(
      `${kind.urlVariable} names ${url.host}, where nothing answers. Start that server or unset the name.`,
    )
  }
  const refuse = async () => {
    throw new Error(`A test must not kill the server of ${kind.urlVariable}; ask for one of your own: { own: true }.`)
  }
  const server = { available: true, name: kind.name, url: text, port, source: 'url' } as const
  return { ...server, kill: refuse, restart: refuse, stop: async () => undefined }
}
