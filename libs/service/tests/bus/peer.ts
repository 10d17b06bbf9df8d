import { type BusTopology, createEmbeddedBus, createNatsBus, type ListenerOptions } from '../../src/bus/index.ts'

interface Orders {
  kind: 'embedded' | 'nats'
  url: string
  topology: BusTopology
  options: ListenerOptions
  deed: 'hold' | 'die'
}

const { kind, url, topology, options, deed } = JSON.parse(process.argv[2] ?? '') as Orders
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const bus =
  kind === 'embedded'
    ? await createEmbeddedBus({ connectionString: url, topology, log })
    : await createNatsBus({ url, topology, log, name: 'peer' })
await bus.listen(options, async delivery => {
  if (deed === 'die') process.kill(process.pid, 'SIGKILL')
  process.stdout.write(`holding ${delivery.message.id} ${delivery.attempt}\n`)
  await new Promise(() => undefined)
})
process.stdout.write('listening\n')
// A promise that nothing settles keeps no process alive.
setInterval(silent, 60_000)
