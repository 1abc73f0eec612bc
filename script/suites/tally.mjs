/**
 * How many tests of a suite passed, failed and were skipped.
 *
 * @param {string[]} failures what failed, and what it said: a text of a few lines each
 */
export function tally(passed = 0, failed = 0, skipped = 0, failures = []) {
  return { passed, failed, skipped, failures };
}

/** The sum over several suites. */
export function sum(tallies) {
  return tallies.reduce(
    (total, each) =>
      tally(total.passed + each.passed, total.failed + each.failed, total.skipped + each.skipped, [
        ...total.failures,
        ...each.failures,
      ]),
    tally(),
  );
}

/** The one line that a test run closes with; skipped tests are named only when there are any. */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
