import { defineConfig } from 'vitest/config'

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } }

/** Packages with a `source` condition of their own, which Node can not read. */
const server = { deps: { inline: [/@modelcontextprotocol\/sdk/, /eventsource-parser/] } }

/** One PostgreSQL for all test files of a run. */
const globalSetup = ['libs/testing/src/global-setup.ts']

/**
 * The levels, told apart by place: beside the code (unit), in a package's tests/ (on real servers), in tests/ (the whole
 * system). They run one level after the other; the faults last and alone, since they take the machine for themselves.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{libs,services,apps,evals}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...source,
        test: {
          name: 'service',
          server,
          include: ['{libs,services,apps}/*/tests/**/*.test.ts'],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...source,
        test: {
          name: 'system',
          server,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/faults/**', '**/node_modules/**'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...source,
        test: {
          name: 'faults',
          server,
          include: ['tests/faults/**/*.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
