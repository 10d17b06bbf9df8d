import { startTestHost } from './test-host.ts'

/** For vitest's `globalSetup`: one PostgreSQL for all test files of a run. Nothing is started until a file asks. */
export default startTestHost
