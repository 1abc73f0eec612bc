const { projects } = require("./jest.config.js");

/**
 * The tests that a mutant of provider/topology runs against: the quick ones of that room. The brute-force judges and the
 * clocks stay out, they cost minutes for each of a few thousand mutants.
 */
module.exports = {
  ...projects[0],
  testMatch: ["<rootDir>/test/topology/**/*.test.ts"],
  testSequencer: "<rootDir>/test/topology/texts-first.js",
  testPathIgnorePatterns: ["/every-[^/]*\\.test\\.ts$", "/guide-judge\\.test\\.ts$", "/speed\\.test\\.ts$"],
};
