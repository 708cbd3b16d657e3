import { writeFileSync } from 'node:fs';

/** Jest reporter: leaves the counts of the run, as JSON, in the file that `COUNTS_FILE` names. */
export default class CountsReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = results;
    const counts = {
      passed: numPassedTests,
      // A suite that does not load has no tests to count, and yet it failed.
      failed: numFailedTests + numRuntimeErrorTestSuites,
      skipped: numPendingTests + numTodoTests,
    };
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(counts));
  }
}
