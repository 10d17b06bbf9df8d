import { memory } from '@luna/contracts'
import { suites } from '../suites/index.ts'
import type { Check, Suite } from '../suites/suite.ts'
import { type MemoryAlone, memoryAlone } from './memory-alone.ts'

interface Result {
  suite: string
  check: string
  passed: boolean
  found: string[]
}

const fits = (text: string, pattern: string): boolean => new RegExp(pattern, 'i').test(text)

/** Runs the suites of our own, without model and embedder. @returns whether all passed */
export async function runSuites(json: boolean): Promise<boolean> {
  const alone = await memoryAlone({ LUNA_MEMORY_EXTRACTOR: 'rules' })
  const results: Result[] = []
  try {
    for (const suite of suites) results.push(...(await runSuite(alone, suite)))
  } finally {
    await alone.close()
  }
  const failed = results.filter(({ passed }) => !passed)
  if (json) process.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`)
  else {
    for (const { name } of suites) {
      const own = results.filter(({ suite }) => suite === name)
      process.stdout.write(`${name}: ${own.filter(({ passed }) => passed).length} of ${own.length}\n`)
    }
    for (const { suite, check, found } of failed)
      process.stdout.write(`  ${suite}, ${check}: found ${found.map(each => `“${each}”`).join(', ') || 'nothing'}\n`)
  }
  return failed.length === 0
}

export async function runSuite(alone: MemoryAlone, { name, people, forget, checks }: Suite): Promise<Result[]> {
  const ids = new Map<string, string>()
  for (const [who, talks] of Object.entries(people)) {
    const personId = alone.addPerson()
    ids.set(who, personId)
    let turns = 0
    for (const { at, turns: said } of talks) {
      turns += said.length
      await alone.tell(
        personId,
        said.map(([role, text], index) => ({ role, text, at: new Date(Date.parse(at) + index * 60_000) })),
      )
      await alone.stored(personId, turns)
      await alone.settled()
    }
  }
  for (const { who, memory: pattern } of forget ?? []) {
    const personId = ids.get(who) ?? ''
    const { items } = await alone.ask(memory.calls.listMemories, { limit: 100 }, personId)
    for (const { id, text } of items)
      if (fits(text, pattern)) await alone.ask(memory.calls.forgetMemory, { id }, personId)
  }
  const results: Result[] = []
  for (const check of checks) {
    const found = await ask(alone, ids.get(check.who) ?? '', check)
    const passed =
      (check.finds ?? []).every(pattern => found.some(text => fits(text, pattern))) &&
      (check.first === undefined || fits(found[0] ?? '', check.first)) &&
      !(check.never ?? []).some(pattern => found.some(text => fits(text, pattern)))
    results.push({ suite: name, check: check.recall ?? 'memories', passed, found })
  }
  return results
}

async function ask(alone: MemoryAlone, personId: string, { recall, asOf }: Check): Promise<string[]> {
  if (recall === undefined) {
    const { items } = await alone.ask(memory.calls.listMemories, { limit: 100 }, personId)
    return items.map(({ text }) => text)
  }
  const { items } = await alone.recall(personId, { query: recall, limit: 10, ...(asOf ? { asOf } : {}) })
  return items.map(({ text }) => text)
}
