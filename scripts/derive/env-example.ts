import type { Setting } from './settings.ts'

const titles: Readonly<Record<string, string>> = {
  platform: 'What every way of running reads. Each backing service is chosen by its URL alone; absent means embedded.',
  models: 'Language models. Nothing set: Ollama or LM Studio on this machine, else the built-in responder.',
  telemetry: 'Telemetry.',
}

const lines = ({ name, description, fallback, choices }: Setting): string[] => [
  `# ${description}${choices.length > 0 ? ` One of ${choices.join(', ')}.` : ''}`,
  `#${name}=${fallback}`,
]

/** Every setting as a comment with its default: copying the file changes nothing until a line is uncommented. */
export function envExample(settings: readonly Setting[]): string {
  const parts = [...new Set(settings.map(setting => setting.part))]
  const blocks = parts.map(part =>
    [
      `## ${titles[part] ?? `Read by ${part}.`}`,
      '',
      ...settings.filter(setting => setting.part === part).flatMap(lines),
    ].join('\n'),
  )
  return `# Settings of Luna, generated from its configuration schemas by \`npm run derive\`.\n# Copy to .env and take away the # of what you want to change. The environment goes before the file.\n\n${blocks.join('\n\n')}\n`
}
