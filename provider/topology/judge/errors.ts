/**
 * A topology can't be judged at all: a word is not a role, flags contradict each other, or the table of rules doesn't
 * allow an override. What the rules find is never thrown; those are findings.
 */
export class TopologyError extends Error {
  /** Always `TopologyError`. */
  override readonly name = "TopologyError";
  /** Always `malformed-topology`. */
  readonly code = "malformed-topology";

  constructor(
    /** All problems, each as `path: what was expected`. */
    readonly problems: readonly string[],
  ) {
    super(["The topology is malformed:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
