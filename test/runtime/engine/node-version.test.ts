import { nodeProblem } from "../../../provider/runtime/engine/node-version";

describe("the version of Node that the engine uses", () => {
  test.each(["20.18.1", "20.18.2", "20.20.0", "22.0.0", "24.21.0", "26.0.0-nightly"])(
    "[U] Node %s is new enough",
    (version) => {
      expect(nodeProblem(version)).toBeUndefined();
    },
  );

  test.each(["18.20.8", "20.9.0", "20.18.0"])(
    "[U] Node %s is refused with its version and the way out",
    (version) => {
      expect(nodeProblem(version)).toBe(
        `pulumi-whm needs Node 20.18.1 or newer, and the engine runs it with Node ${version}. Put a newer Node on PATH and run the command again. Nothing was changed.`,
      );
    },
  );
});
