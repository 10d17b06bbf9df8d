import type { Policy } from '@luna/contracts'

/**
 * The built-in policy: for adults, in guarded mode. A person in distress is never silenced, a character never encourages or
 * instructs. The same actions as the policy that @luna/safety falls back to while this service is away. Never edited:
 * another policy is another version.
 */
export const policy1: Policy = {
  version: 1,
  mode: 'guarded',
  actions: {
    sexual: { person: 'allow', character: 'flag', tool: 'flag', card: 'flag', memory: 'allow' },
    'sexual/minors': { person: 'block', character: 'block', tool: 'block', card: 'block', memory: 'block' },
    hate: { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    'hate/threat': { person: 'flag', character: 'block', tool: 'flag', card: 'block', memory: 'flag' },
    harassment: { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    violence: { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'violence/graphic': { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'self-harm': { person: 'flag', character: 'replace', tool: 'flag', card: 'flag', memory: 'flag' },
    illicit: { person: 'flag', character: 'flag', tool: 'flag', card: 'flag', memory: 'flag' },
    'personal-data': { person: 'allow', character: 'allow', tool: 'allow', card: 'flag', memory: 'allow' },
    'prompt-injection': { person: 'flag', character: 'allow', tool: 'flag', card: 'flag', memory: 'flag' },
  },
}
