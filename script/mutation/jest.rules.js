const { projects } = require("../../jest.config.js");

module.exports = {
  ...projects[0],
  testMatch: ["<rootDir>/test/topology/mutation/rules.ts"],
  testEnvironment: require.resolve("./stop-at-first-failure.js"),
  testTimeout: 20_000,
};
