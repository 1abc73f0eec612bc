/** Mutation testing of the rules: `npm run test:mutation`, or with `-- --mutate "provider/topology/rules/*.ts"` a part. */
export default {
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "jest.mutation.config.js", enableFindRelatedTests: false },
  mutate: ["provider/topology/**/*.ts"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  disableTypeChecks: false,
  ignorePatterns: ["dist", "coverage", "reports", "docs/pictures", "*.tgz"],
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: "reports/mutation/mutation.json" },
  htmlReporter: { fileName: "reports/mutation/mutation.html" },
  tempDirName: ".stryker-tmp",
  thresholds: { high: 95, low: 92, break: 90 },
  timeoutMS: 20_000,
};
