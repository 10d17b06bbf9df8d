import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError } from '@luna/contracts'
import { contentHash, tryAction } from '@luna/plugins/author'
import { z } from 'zod'
import { readPlugin } from './read-plugin.ts'

const tests = z.array(
  z.strictObject({
    action: z.string(),
    arguments: z.record(z.string(), z.unknown()).default({}),
    /** A part of the text of the result; absent: that it succeeds. */
    expect: z.string().optional(),
    /** A part of the message, where it must fail. */
    expectError: z.string().optional(),
  }),
)

/** Checks a plugin and runs its tests in the sandbox, one after the other, with one storage. Resolves to the exit code. */
export async function testPlugin(path: string): Promise<number> {
  const manifest = await readPlugin(path)
  process.stdout.write(`${manifest.id} ${manifest.version} ${contentHash(manifest)}\n`)
  const text = await readFile(join(path, 'tests.json'), 'utf8').catch(() => '[]')
  const parsed = tests.safeParse(JSON.parse(text))
  if (!parsed.success)
    throw new LunaError(
      'invalid',
      `tests.json: ${parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    )
  const trial = tryAction(manifest)
  let failed = 0
  try {
    for (const test of parsed.data) {
      const fault = await trial.run(test.action, test.arguments).then(
        result =>
          test.expectError !== undefined
            ? `it answered "${result.text}" instead of failing`
            : result.text.includes(test.expect ?? '')
              ? null
              : `it answered "${result.text}"`,
        (error: unknown) => {
          const { message } = LunaError.from(error)
          return test.expectError !== undefined && message.includes(test.expectError) ? null : message
        },
      )
      if (fault !== null) failed += 1
      process.stdout.write(
        `${fault === null ? 'ok    ' : 'not ok'} ${test.action} ${JSON.stringify(test.arguments)}${fault === null ? '' : `: ${fault}`}\n`,
      )
    }
  } finally {
    await trial.stop()
  }
  process.stdout.write(`${parsed.data.length - failed} of ${parsed.data.length} passed\n`)
  return failed === 0 ? 0 : 1
}
