import { run } from '@luna/service'
import { service } from './service.ts'

await run(service, process.env)
