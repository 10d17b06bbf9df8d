import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { filesBelow, read, root } from '../../repository.ts'
import { schemaFaults } from './schemas.ts'

interface Kustomization {
  resources?: string[]
  configMapGenerator?: { files?: string[] }[]
  patches?: { target: { kind: string; name?: string } }[]
}

interface Named {
  kind: string
  metadata: { name: string }
}

/** What can be seen without rendering: files that are named exist, patches have a target, objects fit their kind. */
export function unrenderedFaults(folder: string): string[] {
  const paths = filesBelow(folder, /kustomization\.yaml$/)
  const objects = filesBelow(folder, /\.yaml$/)
    .filter(path => !path.endsWith('kustomization.yaml'))
    .flatMap(path => parseAllDocuments(read(path)).map(document => ({ path, object: document.toJS() as Named })))
  return [
    ...objects.flatMap(({ path, object }) =>
      schemaFaults(object).map(fault => `${path}: ${object.kind}/${object.metadata.name}: ${fault}`),
    ),
    ...paths.flatMap(path => {
      const { resources = [], configMapGenerator = [], patches = [] } = parse(read(path)) as Kustomization
      const named = [...resources, ...configMapGenerator.flatMap(each => each.files ?? [])]
      return [
        ...named
          .filter(name => !existsSync(join(root, dirname(path), name)))
          .map(name => `${path} names ${name}, which is not there`),
        ...patches
          .filter(({ target }) => !objects.some(({ object }) => isTarget(object, target)))
          .map(({ target }) => `${path} patches ${target.kind}/${target.name ?? '*'}, which is not there`),
      ]
    }),
  ]
}

const isTarget = ({ kind, metadata }: Named, target: { kind: string; name?: string }): boolean =>
  kind === target.kind && (target.name === undefined || metadata.name === target.name)
