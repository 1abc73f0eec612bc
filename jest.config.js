const swc = [
  "@swc/jest",
  { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
];

/** One project a level, so that `npm run test:u`, `test:i` and `test:e` choose by it. */
function level(displayName, testMatch, more = {}) {
  return {
    displayName,
    rootDir: __dirname,
    testMatch,
    testEnvironment: "node",
    transform: { "^.+\\.ts$": swc },
    modulePathIgnorePatterns: [
      "<rootDir>/.stryker-tmp/",
      "<rootDir>/dist/",
      "<rootDir>/node_modules/pulumi-whm/",
    ],
    watchPathIgnorePatterns: ["<rootDir>/node_modules/pulumi-whm/"],
    ...more,
  };
}

module.exports = {
  projects: [
    level("unit", ["<rootDir>/test/**/!(*.integration|*.e2e|*.openssh|*.faults).test.ts"]),
    level("integration", ["<rootDir>/test/**/*.integration.test.ts"]),
    level("end-to-end", ["<rootDir>/test/**/*.e2e.test.ts"]),
    level("openssh", ["<rootDir>/test/**/*.openssh.test.ts"]),
    level("faults", ["<rootDir>/test/**/*.faults.test.ts"]),
  ],
  testSequencer: "<rootDir>/script/suites/slowest-first.mjs",
  // Only what hangs reaches it. A busy machine has taken more than twenty seconds for what takes three.
  testTimeout: 60_000,
};
