/** The configuration of Stryker for a group of files and the tests that they are run against. */
export function group(name, mutate) {
  return {
    mutate,
    testRunner: "jest",
    jest: {
      projectType: "custom",
      configFile: `script/mutation/jest.${name}.js`,
      // The tests are loaded by a loop, so that Jest sees no imports to follow.
      enableFindRelatedTests: false,
    },
    coverageAnalysis: "perTest",
    concurrency: 2,
    disableTypeChecks: false,
    ignorePatterns: ["dist", "coverage", "reports", "*.tgz"],
    tempDirName: `.stryker-tmp/${name}`,
    reporters: ["clear-text", "progress-append-only", "json", "html"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    htmlReporter: { fileName: `reports/mutation/${name}.html` },
    thresholds: { high: 95, low: 92, break: 90 },
    timeoutMS: 30_000,
  };
}
