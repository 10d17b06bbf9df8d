/** Plugins are what a companion can do. */

import { gateway, plugins } from '@luna/contracts'
import { defineService, on, watch } from '@luna/service'
import { listCommands, understand } from './commands/understand.ts'
import { config } from './config.ts'
import { createContext } from './context.ts'
import { migrations } from './db/migrations/index.ts'
import { eraseAccount } from './erase-account/erase-account.ts'
import { exportPage } from './export-page/export-page.ts'
import { get, install, list, register, search, setConsent, setEnabled, uninstall } from './install/handlers.ts'
import { importMcp, readMcp } from './mcp/import-mcp.ts'
import { importOpenapi } from './openapi/import-openapi.ts'
import { execute } from './runs/execute.ts'
import { cancelRun, listRuns, readFile } from './runs/list-runs.ts'
import { holdingRuns } from './runs/live-runs.ts'
import { cancelRequested } from './runs/watched.ts'
import { beginSignIn, finishSignIn } from './sign-in/sign-in.ts'
import { firingTimers } from './timers/fire-timers.ts'
import { tools } from './tools/tools.ts'

export const service = defineService({
  name: 'plugins',
  contract: plugins,
  owns: { schema: 'plugins', migrations, connections: 4 },
  config,
  context: createContext,
  listens: [on(gateway.events.accountErased, eraseAccount)],
  watches: [watch(plugins.feeds.cancelRequested, cancelRequested)],
  serves: {
    tools,
    execute,
    understand,
    listCommands,
    setConsent,
    list,
    get,
    search,
    register,
    install,
    uninstall,
    setEnabled,
    importOpenapi,
    importMcp,
    readMcp,
    beginSignIn,
    finishSignIn,
    listRuns,
    cancelRun,
    readFile,
    exportPage,
  },
  runs: [holdingRuns, firingTimers],
})
