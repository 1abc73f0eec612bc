import type { TopologyInput } from "../../provider/schema/topology";
import { inTurn, judgeAll } from "./guide/judge-all";
import { everyRelaxation } from "./guide/overrides";
import { kindChoices } from "./small-clusters";
import type { Family } from "./unnamed-clusters";

const anyLink = (): boolean => true;

const [first, second, third] = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];

/** What can be written out instead of being derived, and what servers can say about themselves. */
const additions: ((cluster: TopologyInput) => Partial<TopologyInput>)[] = [
  () => ({ trusts: [] }),
  () => ({ trusts: [{ server: "s1", peer: "s2" }] }),
  () => ({
    trusts: [
      { server: "s2", peer: "s1" },
      { server: "s1", peer: "s3" },
    ],
  }),
  () => ({ trustedAddresses: {} }),
  () => ({ trustedAddresses: { s1: [second, third], s2: [third] } }),
  () => ({ trustedAddresses: { s1: [first, second, third], s2: [first, third], s3: [first] } }),
  () => ({ apiTokens: [] }),
  () => ({ apiTokens: [{ server: "s2", users: ["s1", "s3"] }, { server: "s3" }] }),
  () => ({ apiTokens: ["s1", "s2", "s3"].map((server) => ({ server, acls: ["all"] })) }),
  () => ({ apiTokens: ["s1", "s2", "s3"].map((server) => ({ server, acls: ["create-dns"] })) }),
  () => ({ rules: { "unlinked-server": { severity: "error", reason: "agreed" } } }),
  ({ servers }) => ({ servers: changed(servers, "s2", { dnsServer: "disabled" }) }),
  ({ servers }) => ({ servers: changed(servers, "s3", { version: "10.2", dnsServer: "disabled" }) }),
  ({ servers }) => ({ servers: changed(servers, "s1", { version: "11.136.0.5" }) }),
  ({ servers }) => ({
    servers: changed(servers, "s3", { publicAddress: "203.0.113.3", version: "84" }),
    trustedAddresses: { s1: [second, "203.0.113.3"] },
  }),
];

function changed(
  servers: TopologyInput["servers"],
  name: string,
  more: Partial<TopologyInput["servers"][string]>,
): TopologyInput["servers"] {
  return { ...servers, [name]: { ...(servers[name] ?? { type: "dnsonly" }), ...more } };
}

// The numbers of clusters were counted another way, by Burnside's lemma.
describe("the rules and the guide's sentences", () => {
  test("[U] agree on every cluster of three servers with every role, also with a relaxed rule and explicit values", () => {
    const family: Family = { roles: [null, "sync", "write-only", "standalone"], mayLink: anyLink };
    const [nextRules, nextAddition] = [inTurn(everyRelaxation), inTurn(additions)];
    const judged = judgeAll(kindChoices(3), family, (cluster) => [
      cluster,
      { ...cluster, rules: nextRules() },
      { ...cluster, ...nextAddition()(cluster) },
      { ...cluster, ...nextAddition()(cluster), rules: nextRules() },
    ]);
    expect(judged).toBe(86_160);
  }, 600_000);

  test("[U] agree on every cluster of four servers with the roles none and sync, also with a relaxed rule", () => {
    const next = inTurn(everyRelaxation);
    const judged = judgeAll(kindChoices(4), { roles: [null, "sync"], mayLink: anyLink }, (cluster) => [
      cluster,
      { ...cluster, rules: next() },
    ]);
    expect(judged).toBe(111_010);
  }, 600_000);
});
