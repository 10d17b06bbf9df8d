import { readFileSync } from 'node:fs'
import { z } from 'zod'

const server = z.object({
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  cwd: z.string().optional(),
})

/** A program that speaks MCP on its standard streams. Only an operator names one: it runs with Luna's rights. */
export type OperatorServer = z.output<typeof server>

const document = z.object({ mcpServers: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,29}$/), server) })

/** Reads LUNA_MCP_SERVERS: JSON, or the path of a file of it, in the form that MCP clients share. */
export function parseMcpServers(value: string | undefined): {
  servers: Readonly<Record<string, OperatorServer>>
  faults: string[]
} {
  if (value === undefined || value.trim() === '') return { servers: {}, faults: [] }
  try {
    const text = value.trimStart().startsWith('{') ? value : readFileSync(value, 'utf8')
    const parsed = document.safeParse(JSON.parse(text))
    if (parsed.success) return { servers: parsed.data.mcpServers, faults: [] }
    return { servers: {}, faults: parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`) }
  } catch (error) {
    return { servers: {}, faults: [`is neither JSON nor a readable file of it: ${(error as Error).message}`] }
  }
}
