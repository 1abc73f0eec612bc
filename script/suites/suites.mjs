import { endToEndSuite } from "./end-to-end-suite.mjs";
import { faultsSuite } from "./faults-suite.mjs";
import { jestSuite } from "./jest-suite.mjs";
import { opensshSuite } from "./openssh-suite.mjs";
import { staticChecks } from "./static-checks.mjs";

/** The suites in the order in which they run: what fails soonest comes first. */
export const suites = {
  static: { needsEngine: false, run: staticChecks },
  unit: { needsEngine: false, run: (options) => jestSuite("unit", options) },
  integration: {
    needsEngine: false,
    run: (options) => jestSuite("integration", { ...options, waits: true }),
  },
  "end-to-end": { needsEngine: true, run: endToEndSuite },
  openssh: { needsEngine: true, run: opensshSuite },
  faults: { needsEngine: true, run: faultsSuite },
};

/**
 * What `npm test -- unit test/topology` asks for: names of suites choose suites, everything else goes to jest and
 * chooses files.
 */
export function choose(words) {
  const names = words.filter((word) => word in suites);
  const patterns = words.filter((word) => !(word in suites));
  const all = Object.keys(suites).filter((name) => patterns.length === 0 || name !== "static");
  return {
    names: names.length > 0 ? Object.keys(suites).filter((name) => names.includes(name)) : all,
    patterns,
  };
}
