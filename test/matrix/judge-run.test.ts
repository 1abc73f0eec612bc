import { validateDeclared } from "../../provider/topology";
import { problemsOf } from "./judge-run";
import { tableText } from "./print-table";
import { accepted, cases, matrixRules } from "./topologies";

const rejected = {
  code: 1,
  stdout: "error: The links are rejected\n    error: ns1 -> web1: It does. Remove it. [sync-back]\n",
  stderr: "",
};
const expected = { rules: ["sync-back"], writes: [], unchanged: true };

describe("the judge of the matrix", () => {
  test("[U] accepts a rejection that changed nothing", () => {
    expect(problemsOf(rejected, expected)).toEqual([]);
  });

  test.each([
    ["success", { ...rejected, code: 0 }, expected, "exit code 0"],
    ["silence", { ...rejected, stdout: "" }, expected, "no finding of sync-back"],
    ["another rule", rejected, { ...expected, rules: ["sync-back", "self-link"] }, "no finding of self-link"],
    [
      "an additional rule",
      { ...rejected, stdout: `${rejected.stdout}  error: a: b. c. [two-servers]\n` },
      expected,
      "a finding of two-servers",
    ],
    [
      "a stack trace",
      { ...rejected, stderr: "  at Object.<anonymous> (index.js:1:2)\n" },
      expected,
      "a stack trace",
    ],
    [
      "a write",
      rejected,
      { ...expected, writes: ["ns1 api api_token_create x"] },
      "wrote ns1 api api_token_create x",
    ],
    ["a changed file", rejected, { ...expected, unchanged: false }, "files have changed"],
  ])("[U] complains about %s", (_what, run, expectation, problem) => {
    expect(problemsOf(run, expectation)).toContain(problem);
  });
});

describe("the topologies of the matrix", () => {
  const errorsOf = (findings: ReturnType<typeof validateDeclared>): string[] =>
    findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule);

  test.each(matrixRules)("[U] %s is the only rule that its topologies break", (rule) => {
    const { clusters, stacks } = cases[rule];
    const { whole } = cases[rule].plan();
    expect(errorsOf(validateDeclared([whole]))).toEqual([rule]);
    expect(errorsOf(validateDeclared([], whole))).toEqual([rule]);
    expect(errorsOf(validateDeclared(clusters))).toEqual([rule]);
    expect(errorsOf(validateDeclared([stacks[0]!]))).toEqual([]);
    expect(errorsOf(validateDeclared([], stacks[1]!))).toEqual(cases[rule].hiddenFromPreview ? [] : [rule]);
  });

  test("[U] accepted plans break no rule", () => {
    expect(errorsOf(validateDeclared([accepted.whole]))).toEqual([]);
    expect(errorsOf(validateDeclared(accepted.parts))).toEqual([]);
    expect(errorsOf(validateDeclared([], cases["sync-back"].plan(true).whole))).toEqual([]);
  });
});

test("[U] shows problems and the reasons for missing cells in its table", () => {
  const text = tableText("title", [
    { row: "one", column: "preview", problems: [] },
    { row: "one", column: "up", problems: ["wrote"] },
    { row: "two", column: "preview", note: "it cannot be" },
  ]);
  expect(text).toMatch(/one +│ ok +│ FAIL/);
  expect(text).toMatch(/two +│ -1/);
  expect(text).toContain("-1  it cannot be\n2 cells tried, 1 failed, 1 cannot exist");
});
