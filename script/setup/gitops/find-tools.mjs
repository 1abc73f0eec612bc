import { join } from "node:path";
import { findGoProgram } from "../go-program.mjs";
import { findPythonProgram } from "../python-program.mjs";

/**
 * What the tests of gitops/ need: a linter for GitHub's workflows, one that has GitLab's published schema, and the filter
 * that GitHub's command has in it.
 *
 * @returns {Promise<{ actionlint?: string, checkJsonschema?: string, gojq?: string }>} the programs that are to be had
 */
export async function findTools() {
  const actionlint = {
    module: "github.com/rhysd/actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
  };
  return {
    actionlint: await findIn("actionlint", actionlint),
    checkJsonschema: await findPythonProgram({
      name: "check-jsonschema",
      title: "check-jsonschema",
      version: "0.39.0",
      package: "check-jsonschema",
      program: "check-jsonschema",
    }),
    gojq: await findIn("gojq", { module: "github.com/itchyny/gojq", package: "." }),
  };
}

async function findIn(name, source) {
  const wanted = { name, title: name, program: name, ...source, without: "some tests of gitops/" };
  const folder = await findGoProgram(wanted);
  return folder && join(folder, name);
}
