import { LunaError } from '@luna/contracts'
import { describe, expect, it } from 'vitest'
import { boot } from './boot.ts'

const yes = (calls: string[], name: string) => async () => void calls.push(name)
const no = (calls: string[], name: string, code: 'unauthorized' | 'forbidden' | 'unavailable') => async () => {
  calls.push(name)
  throw new LunaError(code, 'no')
}

describe('finding a way in', () => {
  it('takes local mode first on a first visit', async () => {
    const calls: string[] = []
    expect(await boot({ wasHere: false, refresh: yes(calls, 'refresh'), local: yes(calls, 'local') })).toEqual({
      name: 'signed-in',
    })
    expect(calls).toEqual(['local'])
  })
  it('goes on with the session of last time', async () => {
    const calls: string[] = []
    await boot({ wasHere: true, refresh: yes(calls, 'refresh'), local: yes(calls, 'local') })
    expect(calls).toEqual(['refresh'])
  })
  it('asks a person when neither works', async () => {
    const calls: string[] = []
    const state = await boot({
      wasHere: false,
      refresh: no(calls, 'refresh', 'unauthorized'),
      local: no(calls, 'local', 'forbidden'),
    })
    expect(state).toEqual({ name: 'sign-in' })
    expect(calls).toEqual(['local', 'refresh'])
  })
  it('does not take an outage for a sign-out', async () => {
    const state = await boot({ wasHere: true, refresh: no([], '', 'unavailable'), local: yes([], '') })
    expect(state.name).toBe('unreachable')
  })
})
