const { projects } = require("./jest.config.js");

/** The tests that a mutant of provider/topology runs against. */
module.exports = { ...projects[0], testMatch: ["<rootDir>/test/topology/all-at-once.ts"] };
