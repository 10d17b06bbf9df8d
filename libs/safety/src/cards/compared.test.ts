import { expect, it } from 'vitest'
import { compared } from './compared.ts'
import { regions } from './resources.ts'

it('speaks of lines that there are, and says how many were compared with nothing', () => {
  const names = Object.values(regions).flatMap(({ resources }) => resources.map(({ name }) => name))
  for (const name of Object.keys(compared)) expect(names).toContain(name)
  const open = names.filter(name => !(name in compared))
  process.stdout.write(`crisis lines: ${open.length} of ${names.length} compared with nothing yet\n`)
  expect(open.length).toBeLessThan(names.length)
})
