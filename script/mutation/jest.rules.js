const { projects } = require("../../jest.config.js");

module.exports = {
  ...projects[0],
  testMatch: ["<rootDir>/test/topology/mutation/rules.ts"],
  testTimeout: 20_000,
};
