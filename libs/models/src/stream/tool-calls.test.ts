import { expect, test } from 'vitest'
import { ToolCallAssembler } from './tool-calls.ts'

const assemble = (...parts: Parameters<ToolCallAssembler['add']>[0][]) => {
  const assembler = new ToolCallAssembler()
  for (const part of parts) assembler.add(part)
  return assembler.finish().map(({ id, name, input }) => ({ id, name, input }))
}

test('parts that arrive interleaved', () => {
  expect(
    assemble(
      { index: 0, id: 'a', function: { name: 'f', arguments: '' } },
      { index: 1, id: 'b', function: { name: 'g', arguments: '{"y":' } },
      { index: 0, function: { arguments: '{"x":1}' } },
      { index: 1, function: { arguments: '2}' } },
    ),
  ).toEqual([
    { id: 'a', name: 'f', input: { x: 1 } },
    { id: 'b', name: 'g', input: { y: 2 } },
  ])
})

const part = (index: number | undefined, id: string, x: number) => ({
  ...(index === undefined ? {} : { index }),
  id,
  function: { name: 'f', arguments: `{"x":${x}}` },
})

test('a server that gives every call index 0, and one that gives none', () => {
  const calls = [
    { id: 'a', name: 'f', input: { x: 1 } },
    { id: 'b', name: 'f', input: { x: 2 } },
  ]
  expect(assemble(part(0, 'a', 1), part(0, 'b', 2))).toEqual(calls)
  expect(assemble(part(undefined, 'a', 1), part(undefined, 'b', 2))).toEqual(calls)
})

test('no arguments are an empty object; broken ones are null', () => {
  expect(assemble({ index: 0, id: 'a', function: { name: 'f' } })[0]?.input).toEqual({})
  expect(assemble({ index: 0, id: 'a', function: { name: 'f', arguments: '[1]' } })[0]?.input).toBeNull()
})
