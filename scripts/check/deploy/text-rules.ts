import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unknownSettingsIn } from './known-names.ts'

/** What the Dockerfile promises: a pinned image, no root, a health check, drains on SIGTERM. */
export const dockerfileFaults = (text: string): string[] =>
  (
    [
      [/^ARG NODE_IMAGE=node:\d+/m, 'the image of Node is not pinned'],
      [/^USER (?!root)/m, 'runs as root'],
      [/^HEALTHCHECK /m, 'has no HEALTHCHECK'],
      [/^ARG SERVICE$/m, 'has no build argument SERVICE'],
      [/--omit=dev/, 'ships development packages'],
      [/^CMD .*exec node/m, 'does not give SIGTERM to Node: exec it'],
    ] as const
  )
    .filter(([wanted]) => !wanted.test(text))
    .map(([, fault]) => `Dockerfile ${fault}`)

/** Settings that a document mentions and no schema has, and links to files that are not there. */
export function documentFaults(path: string, text: string, root: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(match => match[1] ?? '')
  return [
    ...unknownSettingsIn(text).map(name => `${path} mentions ${name}, which no configuration schema has`),
    ...links
      .filter(link => !existsSync(join(root, dirname(path), link)))
      .map(link => `${path} links to ${link}, which is not there`),
  ]
}

/** Metrics that a dashboard asks for and the code does not count. `declared` as in the source: `luna_call_ms`. */
export function dashboardFaults(path: string, dashboard: unknown, declared: ReadonlySet<string>): string[] {
  const asked = JSON.stringify(dashboard).match(/\b(?:luna|gen_ai)_[a-z_]+/g) ?? []
  const known = (name: string) => declared.has(name) || declared.has(name.replace(/_(?:bucket|sum|count)$/, ''))
  return [...new Set(asked)]
    .filter(name => !known(name) && !/^gen_ai_[a-z]+_(?:name|model|type)$/.test(name))
    .map(name => `${path} asks for ${name}, which nobody counts`)
}
