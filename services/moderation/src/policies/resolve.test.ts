import type { PolicyAction } from '@luna/contracts'
import { expect, test } from 'vitest'
import { policy1 } from './policy-1.ts'
import { type Asked, type PolicyVersion, resolvePolicy } from './resolve.ts'

const everybody = { workspaceId: null, rating: null, age: null }
const base: PolicyVersion = { version: 1, audience: everybody, mode: 'guarded', actions: policy1.actions }
const adult: Asked = { workspaceId: null, rating: null, age: 'adult' }
const workspaceId = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

const version = (
  number: number,
  audience: Partial<typeof everybody> | object,
  sexual: PolicyAction,
): PolicyVersion => ({
  version: number,
  audience: { ...everybody, ...audience },
  mode: 'guarded',
  actions: { sexual: { character: sexual } },
})

test('the general policy holds for adults as it was written', () => {
  expect(resolvePolicy([base], adult).policy).toEqual(policy1)
})

test('the newest version for an audience holds, the more special audience decides', () => {
  const versions = [base, version(2, { rating: 'mature' }, 'block'), version(3, { rating: 'mature' }, 'allow')]
  expect(resolvePolicy(versions, { ...adult, rating: 'mature' }).policy.actions['sexual']?.character).toBe('allow')
  expect(resolvePolicy(versions, { ...adult, rating: 'teen' }).policy.actions['sexual']?.character).toBe('flag')
})

test('of policies that contradict and are as special the stricter outcome stands', () => {
  const versions = [base, version(2, { rating: 'mature' }, 'allow'), version(3, { workspaceId }, 'replace')]
  const { policy, because } = resolvePolicy(versions, { ...adult, rating: 'mature', workspaceId })
  expect(policy.actions['sexual']?.character).toBe('replace')
  expect(because).toContainEqual({
    class: 'sexual',
    direction: 'character',
    action: 'replace',
    version: 3,
    why: 'the stricter of policies that are as special',
  })
})

test('nothing sexual reaches a minor, whatever a policy says, and minors are always strict', () => {
  const versions = [base, version(2, { age: 'minor', rating: 'mature', workspaceId }, 'allow')]
  const { policy } = resolvePolicy(versions, { workspaceId, rating: 'mature', age: 'minor' })
  expect(policy.mode).toBe('strict')
  expect(policy.actions['sexual']).toMatchObject({ character: 'block', person: 'block' })
})

test('sexual content about minors is blocked for everybody, and untrusted text is always watched for injections', () => {
  const open: PolicyVersion = {
    ...base,
    version: 2,
    actions: { 'sexual/minors': { character: 'allow', person: 'allow' }, 'prompt-injection': { tool: 'allow' } },
  }
  const { actions } = resolvePolicy([base, open], adult).policy
  expect(actions['sexual/minors']).toMatchObject({ character: 'block', person: 'block', tool: 'block' })
  expect(actions['prompt-injection']?.tool).toBe('flag')
})
