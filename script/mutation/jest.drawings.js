const { projects } = require("../../jest.config.js");

module.exports = {
  ...projects[0],
  testMatch: ["<rootDir>/test/topology/mutation/drawings.ts"],
  testTimeout: 20_000,
};
