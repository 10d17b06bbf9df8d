import { parseArgs } from 'node:util'
import { startFakeModel } from './server.ts'

/**
 * The fake model as a process: `node main.ts [port] [--tokens 200] [--first-token-ms 200] [--tokens-per-second 50]
 * [--tokens-per-write 64]`. Prints its base URL on one line and ends on SIGTERM or SIGINT.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tokens: { type: 'string' },
    'first-token-ms': { type: 'string' },
    'tokens-per-second': { type: 'string' },
    'tokens-per-write': { type: 'string' },
    'keep-requests': { type: 'string', default: '100' },
  },
})

const model = await startFakeModel({
  port: Number(positionals[0] ?? 0),
  keepRequests: Number(values['keep-requests']),
  always: {
    ...(values.tokens ? { tokens: Number(values.tokens) } : {}),
    ...(values['first-token-ms'] ? { firstTokenMs: Number(values['first-token-ms']) } : {}),
    ...(values['tokens-per-second'] ? { tokensPerSecond: Number(values['tokens-per-second']) } : {}),
    ...(values['tokens-per-write'] ? { tokensPerWrite: Number(values['tokens-per-write']) } : {}),
  },
})
process.stdout.write(`${model.url}\n`)

const stop = () => void model.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
