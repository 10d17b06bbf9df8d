import { spawn } from 'node:child_process'
import { guardProcess } from './guard.ts'
import type { ServerUser } from './server-user.ts'

/** The environment of every server program: nothing of ours, so that no PG* name or locale changes what it does. */
export const serverEnvironment: NodeJS.ProcessEnv =
  process.platform === 'win32' ? process.env : { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of PostgreSQL's programs to its end, as the server's user; it does not outlive us. `output` is what it printed, both streams. */
export async function runProgram(
  program: string,
  args: readonly string[],
  user: ServerUser | undefined,
  input = '',
): Promise<{ code: number; output: string }> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...user, cwd: '/', env: serverEnvironment, stdio: 'pipe', windowsHide: true })
    const guard = child.pid === undefined ? undefined : guardProcess({ pid: child.pid, signal: 'KILL' })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('error', reject)
    child.on('close', code => {
      guard?.release()
      resolve({ code: code ?? -1, output })
    })
  })
}
