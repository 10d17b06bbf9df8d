/** Plugins are what a companion can do. */

import { gateway, plugins } from '@luna/contracts'
import { defineService, on } from '@luna/service'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { execute } from './execute/execute.ts'
import { tools } from './tools/tools.ts'

export const service = defineService({
  name: 'plugins',
  contract: plugins,
  owns: { schema: 'plugins', migrations, connections: 2 },
  config,
  context: createContext,
  listens: [on(gateway.events.accountErased, eraseAccount)],
  serves: { tools, execute },
})
