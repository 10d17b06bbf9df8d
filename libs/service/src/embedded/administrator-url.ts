import { LunaError } from '@luna/contracts'
import { readState } from './data-dir.ts'
import { administratorUrl, readPassword } from './password.ts'

/** The administrator's URL of the server that keeps its data here, as of its last start: for tools beside a running Luna. */
export async function administratorUrlOf(dataDir: string): Promise<string> {
  const { port } = await readState(dataDir)
  if (port === undefined)
    throw new LunaError(
      'not-found',
      `No embedded server was ever started in ${dataDir}. Start Luna once, then try again.`,
    )
  const { password } = await readPassword(dataDir)
  return administratorUrl(password, port)
}
