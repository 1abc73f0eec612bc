import { rules, validateDeclared, validateTopology, type Finding } from "../../../provider/topology";
import { findingText, wordsOf } from "../../../provider/topology/report/finding-text";
import { dns, links, web } from "../builders";
import { ruleCases } from "../rule-cases";

const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
  rule: "sync-back",
  severity: "error",
  servers: ["ns1", "web1"],
  message,
  fix: "Mend it.",
  ...more,
});
const link = { from: "ns1", to: "web1" };

describe("the text of a finding", () => {
  test("[U] names the place once and ends with the rule's id", () => {
    const servers = { web1: web(10), ns1: dns(53) };
    const [first] = validateTopology({ servers, links: links("web1 -> ns1", "ns1 -> web1") });
    expect(first && findingText(first)).toMatch(
      /^error: ns1 -> web1: sends zones from a nameserver back to a web server\. .*web1[^1]*\[sync-back\]$|^error: ns1 -> web1: sends zones from a nameserver back to a web server\. [^>]*\[sync-back\]$/,
    );
  });

  test("[U] uses `it` for a server that nothing links", () => {
    const servers = { web1: web(10), ns1: dns(53), ns3: dns(55) };
    const [first] = validateTopology({ servers, links: links("web1 -> ns1") });
    expect(first?.message).toMatch(/^Nothing flows to or from ns3\. /);
    expect(first && findingText(first)).toMatch(
      /^warning: ns3: nothing flows to or from it\. .* Add a link or remove it\. \[unlinked-server\]$/,
    );
  });

  test.each<[string, Finding, string, string]>([
    ["a link", finding("ns1 -> web1 is odd. So.", { link }), "ns1 -> web1", "is odd. So."],
    [
      "a link and its role",
      finding("ns1 -> web1 (sync) is odd. So.", { link }),
      "ns1 -> web1",
      "is odd. So.",
    ],
    ["a circle", finding("ns1 -> web1 -> ns1 is odd. So."), "ns1 -> web1 -> ns1", "is odd. So."],
    ["a long path", finding("ns1 -> (3 more) -> web1 is odd. So."), "ns1 -> (3 more) -> web1", "is odd. So."],
    ["a list", finding("ns1 and web1 are odd. So."), "ns1 and web1", "are odd. So."],
    ["the first server", finding("ns1 knows web1. So."), "ns1", "knows web1. So."],
    ["none of its servers", finding("Something is odd. So."), "ns1 and web1", "Something is odd. So."],
    [
      "one server that it names at its end",
      finding("No path leads to ns1. So.", { servers: ["ns1"] }),
      "ns1",
      "no path leads to it. So.",
    ],
    ["another server", finding("ns10 is odd. So.", { servers: ["ns1"] }), "ns1", "ns10 is odd. So."],
    [
      "a link of another place",
      finding("ns1 -> ns2 is odd. So.", { link }),
      "ns1 -> web1",
      "ns1 -> ns2 is odd. So.",
    ],
    ["the cluster", finding("It is small. So.", { servers: [] }), "the cluster", "It is small. So."],
  ])("[U] separates place and problem of a message about %s", (_what, told, place, problem) => {
    expect(wordsOf(told)).toEqual({ place, problem });
  });

  test.each(rules)("[U] does not begin with its place again for $id", ({ id }) => {
    const { rejected, twice } = ruleCases[id];
    const findings = [rejected, twice].flatMap((topology) =>
      Array.isArray(topology) ? validateDeclared(topology) : validateTopology(topology),
    );
    for (const told of findings) {
      const { place, problem } = wordsOf(told);
      expect(problem.startsWith(place)).toBe(false);
      expect(problem).toMatch(/^[\p{L}\d]/u);
    }
  });
});
