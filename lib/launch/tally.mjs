/**
 * Adds counts up, prints what was skipped and why, then `N passed, N failed` as the last line. Answers the exit code.
 * @param {readonly import('./stage.mjs').Counts[]} counts
 * @param {boolean} isStrict a skip is a failure
 */
export function printTally(counts, isStrict) {
  const skipped = counts.flatMap((count) => count.skipped)
  const passed = sum(counts.map((count) => count.passed))
  const failed = sum(counts.map((count) => count.failed)) + (isStrict ? skipped.length : 0)
  if (skipped.length > 0) {
    console.log(
      `${skipped.length} skipped${isStrict ? ', which CI counts as failed' : ''}: ${skipped.join('; ')}`,
    )
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}
