import { claim, claimCode } from "../claim.mjs";
import { show } from "../show.mjs";

const feedback = [{ from: "ns1", to: "web1", role: "sync" }];

/** G2 of the guide, the mistake that creates zones where they do not belong. */
export const rejectFeedback = {
  title:
    "A nameserver must not feed its zones back: a link from ns1 to web1 is rejected before anything happens",
  async run({ simulator, stack }) {
    await stack.setConfig("cluster:moreLinks", JSON.stringify(feedback));
    const result = await stack.operate("preview");
    claimCode(result, 1, "the plan is rejected");
    const findings = findingsIn(result.stdout + result.stderr);
    show(findings.join("\n"));
    const hasFinding = findings.some((line) => line.endsWith("[sync-back]"));
    claim("the findings name the rule sync-back", hasFinding, result.stdout + result.stderr);
    const writes = simulator.journal().filter((entry) => entry.write);
    claim("nothing was written on any server", writes.length === 0, JSON.stringify(writes, undefined, 2));
    await stack.removeConfig("cluster:moreLinks");
  },
};

function findingsIn(text) {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => /^(error|warning): .* \[[a-z-]+\]$/.test(line)))];
}
