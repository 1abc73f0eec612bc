const { TestEnvironment } = require("jest-environment-node");

/** One failing test is enough to notice a mutant: the tests after it are left out. */
module.exports = class StopAtFirstFailure extends TestEnvironment {
  failed = false;

  handleTestEvent(event) {
    if (event.name === "test_fn_failure") this.failed = true;
    if (event.name === "test_start" && this.failed) event.test.mode = "skip";
  }
};
