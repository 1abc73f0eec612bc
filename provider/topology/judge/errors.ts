/**
 * Thrown when a topology cannot be judged at all: a word that is not a role, flags that contradict each other, or
 * an override that the table of rules does not allow. What the rules find is never thrown: those are findings.
 */
export class TopologyError extends Error {
  /** Always `TopologyError`. */
  override readonly name = "TopologyError";
  /** Always `malformed-topology`. */
  readonly code = "malformed-topology";

  constructor(
    /** Every problem, as `path: what was expected`. */
    readonly problems: readonly string[],
  ) {
    super(["The topology is malformed:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
