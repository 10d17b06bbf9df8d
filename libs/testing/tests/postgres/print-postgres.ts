/** Run as a process of its own: a test run's host, or one of its test files. Prints what it got and stays. */
import { startTestPostgres } from '@luna/testing'
import setup from '@luna/testing/global-setup'

if (process.argv[2] === 'host') await setup()
const { url } = await startTestPostgres()
process.stdout.write(`host ${process.env['LUNA_TEST_HOST'] ?? ''}\nurl ${url}\n`)
setInterval(() => undefined, 60_000)
