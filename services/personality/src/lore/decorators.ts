/** The decorators at the head of an entry's content (Character Card V3): name and value, in order. */
export interface Decorated {
  readonly decorators: ReadonlyMap<string, string>
  readonly content: string
}

const known = new Set([
  'activate',
  'dont_activate',
  'activate_only_after',
  'activate_only_every',
  'keep_activate_after_match',
  'dont_activate_after_match',
  'depth',
  'reverse_depth',
  'role',
  'scan_depth',
  'position',
  'additional_keys',
  'exclude_keys',
  'ignore_on_max_context',
  'is_greeting',
  'disable_ui_prompt',
  'instruct_depth',
  'reverse_instruct_depth',
  'instruct_scan_depth',
  'is_user_icon',
])

/** `@@@` lines stand in for the `@@` line before them where that one is not known. Unknown decorators are left out. */
export function readDecorators(content: string): Decorated {
  const decorators = new Map<string, string>()
  let rest = content
  let taken = false
  for (;;) {
    const line = /^\s*(@@@?)([a-z_]+)(?:[ \t]+([^\n]*))?(?:\n|$)/.exec(rest.slice(0, 2_000))
    if (!line) break
    const [all, marks, name = '', value = ''] = line
    const isFallback = marks === '@@@'
    if (!isFallback) taken = false
    if (!taken && known.has(name)) {
      if (!decorators.has(name)) decorators.set(name, value.trim())
      taken = true
    }
    rest = rest.slice(all.length)
  }
  return { decorators, content: rest }
}
