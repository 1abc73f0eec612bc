import { relative } from "node:path";
import { root } from "../shared/paths.mjs";

/** Lines of what a failed test said: enough for what was expected and what came. */
const mostLines = 25;

/** What failed in the results of jest, a text each, so that nobody has to look for it in hours of output. */
export function failuresIn({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (failed.length === 0) return status === "failed" ? [textOf(file, message)] : [];
    return failed.map(({ fullName, failureMessages }) =>
      textOf(`${file}: ${fullName}`, failureMessages.join("\n")),
    );
  });
}

function textOf(title, said) {
  const lines = said.split("\n").filter((line) => !/^\s+at /.test(line));
  return [title, ...lines.slice(0, mostLines).map((line) => `    ${line}`)].join("\n");
}
