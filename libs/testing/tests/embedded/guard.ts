/** Run as a process of its own: guards as told in its argument; SIGTERM releases. */
import { type GuardOptions, guardProcess } from '@luna/service/embedded'

const guard = guardProcess(JSON.parse(process.argv[2] ?? '{}') as GuardOptions)
process.on('SIGTERM', () => {
  guard.release()
  setImmediate(() => process.exit(0))
})
process.stdout.write('guarding\n')
setInterval(() => undefined, 60_000)
