/** `npm run dev`: the embedded start from source; Node's watch mode starts it again when a file it has loaded changes. */
import { runCommandLine } from '../apps/luna/src/main.ts'

await runCommandLine([process.execPath, 'luna', 'start', ...process.argv.slice(2)], process.env)
