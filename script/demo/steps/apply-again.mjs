import { claim, claimCode } from "../claim.mjs";

/** A program that has not changed changes nothing. */
export const applyAgain = {
  title: "The same program once more",
  async run({ simulator, stack }) {
    simulator.clearJournal();
    claimCode(await stack.operate("up", "--yes", "--expect-no-changes"), 0, "no changes");
    const writes = simulator.journal().filter((entry) => entry.write);
    claim("nothing was written on any server", writes.length === 0, JSON.stringify(writes, undefined, 2));
  },
};
