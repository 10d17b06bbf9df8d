import { writeFileSync } from 'node:fs'

/** What one run came to, as JSON in the file that LUNA_TEST_SUMMARY names. Read by scripts/test.js. */
export default class SummaryReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const summary = { passed: 0, failed: 0, skipped: [], broken: [] }
    for (const module of modules) {
      if (module.errors().length > 0) summary.broken.push(module.relativeModuleId)
      for (const suite of module.children.allSuites())
        if (suite.errors().length > 0) summary.broken.push(`${module.relativeModuleId} > ${suite.fullName}`)
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') summary.passed += 1
        else if (result.state === 'failed') summary.failed += 1
        else summary.skipped.push({ file: module.relativeModuleId, name: test.fullName, reason: result.note ?? '' })
      }
    }
    for (const error of unhandledErrors) summary.broken.push(`unhandled: ${error.message}`)
    writeFileSync(process.env.LUNA_TEST_SUMMARY, JSON.stringify(summary))
  }
}
