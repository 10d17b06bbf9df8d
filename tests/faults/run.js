// `npm run faults [filter...]`: the fault matrix at length. LUNA_FAULT_TURNS, LUNA_FAULT_KILLS, LUNA_FAULT_PEOPLE,
// LUNA_FAULT_OUTAGE_MS and LUNA_FAULT_SEED change it (see scale.ts); the seed is in the name of the suite, so that a run can be repeated.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const lengthy = {
  LUNA_FAULT_TURNS: '3000',
  LUNA_FAULT_KILLS: '20',
  LUNA_FAULT_PEOPLE: '50',
  LUNA_FAULT_OUTAGE_MS: '60000',
}
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'faults', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...lengthy, ...process.env },
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
