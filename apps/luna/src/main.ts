import { LunaError } from '@luna/contracts'
import type { Environment } from '@luna/service'
import { Command } from 'commander'
import { addPluginCommands } from './plugin/plugin.ts'

/** The command line. Every command's code is loaded when it is asked for, so that each starts fast. */
export async function runCommandLine(argv: readonly string[], environment: Environment): Promise<void> {
  const env = withDotEnv(environment)
  const program = new Command('luna').description('A self-hosted platform for AI companions.')

  program
    .command('start', { isDefault: true })
    .description('start everything in one process')
    .action(async () => (await import('./start/start.ts')).start(env))
  program
    .command('chat')
    .description('talk with a companion in the terminal')
    .option('-u, --url <url>', 'a running Luna', `http://127.0.0.1:${env['LUNA_PORT'] ?? 8080}`)
    .option('-t, --token <key>', 'an API key, where the Luna is not on this machine')
    .option('-c, --character <slug>', 'whom to talk with')
    .action(async options => (await import('./talk/talk.ts')).talk(options, env))
  program
    .command('doctor')
    .description('what is configured, what can be reached, what to do')
    .action(async () => {
      process.exitCode = await (await import('./doctor/doctor.ts')).doctor(env)
    })
  program
    .command('user')
    .description('accounts')
    .command('grant <email> <role>')
    .description('make somebody a moderator or an operator')
    .action(async (email: string, role: string) => (await import('./grant/grant.ts')).grant(env, email, role))
  program
    .command('audit')
    .description('the hash-chained audit of moderation')
    .command('verify')
    .description('name every entry that was changed, is missing, or stands in another place')
    .option('--head <hash>', 'the hash that the last entry had when it was noted elsewhere')
    .action(async (options: { head?: string }) => {
      process.exitCode = await (await import('./audit/verify.ts')).verifyAudit(env, options.head)
    })

  addPluginCommands(program)

  program
    .command('memory')
    .description('what is remembered')
    .command('reindex')
    .description('make the vectors of all memories anew')
    .action(async () => (await import('./reindex/reindex.ts')).reindex(env))

  try {
    await program.parseAsync([...argv])
  } catch (error) {
    const known = LunaError.from(error)
    process.stderr.write(`${known.code === 'internal' ? String((error as Error).stack ?? error) : known.message}\n`)
    process.exitCode = known.code === 'invalid' ? 2 : 1
  }
}

/** Settings from a file named .env, where there is one; the environment goes before it. */
function withDotEnv(environment: Environment): Environment {
  try {
    process.loadEnvFile()
    return { ...process.env, ...environment }
  } catch {
    return environment
  }
}
