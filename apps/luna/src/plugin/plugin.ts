import type { Command } from 'commander'

/** `luna plugin new|test|pack|publish`: for authors. */
export function addPluginCommands(program: Command): void {
  const plugin = program.command('plugin').description('write, try and publish plugins')
  plugin
    .command('new <id>')
    .description('make a folder with a plugin to begin with')
    .option('-d, --directory <path>', 'where; the id by default')
    .action(async (id: string, options: { directory?: string }) => {
      const { newPlugin } = await import('./new-plugin.ts')
      await newPlugin(id, options.directory ?? id)
    })
  plugin
    .command('test [path]')
    .description('check the manifest, and run what its tests.json asks for in the sandbox')
    .action(async (path = '.') => {
      process.exitCode = await (await import('./test-plugin.ts')).testPlugin(path)
    })
  plugin
    .command('pack [path]')
    .description('put manifest and code into one file, with its content hash')
    .option('-o, --output <file>', 'where; <id>-<version>.json by default')
    .option('-k, --key <file>', 'an Ed25519 private key (PEM) to sign with')
    .action(async (path = '.', options: { output?: string; key?: string }) => {
      await (await import('./pack-plugin.ts')).packPlugin(path, options)
    })
  plugin
    .command('publish <target> [path]')
    .description('to a Luna (an address, with --token), or into a registry (a file that ends with .json)')
    .option('-k, --key <file>', 'an Ed25519 private key (PEM) to sign with')
    .option('-t, --token <key>', 'an API key of that Luna')
    .action(async (target: string, path = '.', options: { key?: string; token?: string }) => {
      await (await import('./publish-plugin.ts')).publishPlugin(target, path, options)
    })
}
