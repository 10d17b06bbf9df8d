/** The rules of ARCHITECTURE.md that can be read off the source, for every file of the repository. */
import { filesBelow, read } from '../repository.ts'
import { sourceFaults } from './source-rules.ts'

const files = ['libs', 'services', 'apps', 'tests', 'bench', 'evals'].flatMap(folder => filesBelow(folder, /\.tsx?$/))
const faults = files.flatMap(path => sourceFaults(path, read(path)))

if (faults.length > 0) {
  process.stderr.write(`${faults.map(fault => `  - ${fault}`).join('\n')}\n`)
  process.exitCode = 1
} else process.stdout.write(`rules: ${files.length} files\n`)
