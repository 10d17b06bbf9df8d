import { posix } from 'node:path'
import { owners } from '../derive/messages.ts'
import { isProduction } from '../repository.ts'

/** One rule about the text of a file; `finds` gives what is wrong in it. */
interface Rule {
  name: string
  /** What to do instead. */
  instead: string
  applies(path: string): boolean
  pattern: RegExp
  /** Which of the matches are faults; all when absent. */
  isFault?(path: string, match: RegExpMatchArray): boolean
}

const isInService = (path: string) => /^services\/[^/]+\/src\//.test(path) && isProduction(path)
const isCode = (path: string) => /^(libs|services|apps)\/[^/]+\/src\//.test(path) && isProduction(path)
const packageOf = (path: string) => /^(?:libs|services|apps)\/[^/]+|^[^/]+/.exec(path)?.[0] ?? ''

/** Files that may read the environment: where a process begins, and what a child is handed on Windows. */
const readsEnvironment =
  /^(services|apps)\/[^/]+\/src\/main\.ts$|^libs\/testing\/|^libs\/service\/src\/embedded\/run-program\.ts$/

const rules: readonly Rule[] = [
  {
    name: 'environment',
    instead: 'take it from the config: process.env is read in main.ts alone',
    applies: path => isCode(path) && !readsEnvironment.test(path),
    pattern: /\bprocess\.env\b/g,
  },
  {
    name: 'clock',
    instead: 'use ctx.clock and ctx.random, so that a test can say what time it is',
    // The child that runs untrusted code is no handler: it has no context, and its clock is what it measures by.
    applies: path => isInService(path) && !path.startsWith('services/plugins/src/sandbox/child/'),
    pattern: /\bnew Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)|\brandomUUID\(\)/g,
  },
  {
    name: 'message name',
    instead: 'refer to the definition in @luna/contracts, as in chat.events.turnEnded.name',
    applies: path => !path.startsWith('libs/contracts/') && !path.startsWith('scripts/'),
    pattern: new RegExp(`(['"\`])(?:${owners.join('|')})\\.[a-z0-9-]+\\.v\\d+\\1`, 'g'),
  },
  {
    name: 'deep import',
    instead: 'import what the package exports, as @luna/<name>',
    applies: path => !path.startsWith('scripts/'),
    pattern: /(?:from|import)\s*\(?\s*'(?<target>[^']+)'/g,
    isFault: (path, match) => {
      const target = match.groups?.['target'] ?? ''
      if (/^@luna\/[^/]+\/(src|dist)\//.test(target)) return true
      if (!target.startsWith('.')) return false
      const resolved = posix.join(posix.dirname(path), target)
      return packageOf(resolved) !== packageOf(path)
    },
  },
  {
    name: 'test code in production',
    instead: 'keep test helpers out of what is deployed',
    applies: path => isCode(path) && !path.startsWith('libs/testing/'),
    pattern: /from '(?:@luna\/testing|vitest|fast-check)'/g,
  },
]

/** Comments may mention anything. Line breaks stay, so that line numbers hold. */
const withoutComments = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' ')).replace(/(^|[\s;{}(,])\/\/.*$/gm, '$1')

/** Every breach of the five rules that can be seen in the text of one file. `path` is relative to the root. */
export function sourceFaults(path: string, source: string): string[] {
  const text = withoutComments(source)
  return rules
    .filter(rule => rule.applies(path))
    .flatMap(rule =>
      [...text.matchAll(rule.pattern)]
        .filter(match => rule.isFault?.(path, match) ?? true)
        .map(match => {
          const line = text.slice(0, match.index).split('\n').length
          return `${path}:${line} ${rule.name}: found ${match[0]}; ${rule.instead}.`
        }),
    )
}
