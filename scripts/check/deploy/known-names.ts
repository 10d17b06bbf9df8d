import { readSettings } from '../../derive/settings.ts'

/** Names that belong to other programs, or to tests alone. */
const others = new Set([
  'S3_URL',
  'LUNA_TEST_DATABASE_URL',
  'LUNA_TEST_NATS_URL',
  'LUNA_TEST_REDIS_URL',
  'LUNA_TEST_QDRANT_URL',
])

const shapedLikeOurs = /^(?:LUNA_[A-Z0-9_]+|[A-Z0-9]+(?:_BASE)?_URL|LOG_LEVEL)$/

/** Whether a name looks like a setting of Luna but no configuration schema has it. */
export function isUnknownSetting(name: string): boolean {
  return shapedLikeOurs.test(name) && !settingNames().has(name) && !others.has(name)
}

let names: ReadonlySet<string> | undefined
function settingNames(): ReadonlySet<string> {
  names ??= new Set(readSettings().map(setting => setting.name))
  return names
}

/** Every unknown setting that a text mentions. Streams of NATS are named alike, so these are told apart by a list. */
const streams = /^LUNA_(?:EVENTS|SEALED|REDELIVERIES|DEAD_LETTERS|FEEDS)$/
export const unknownSettingsIn = (text: string): string[] =>
  [...new Set(text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [])].filter(
    name => !streams.test(name) && isUnknownSetting(name),
  )
