import { changedSinceJudged, judgedText } from "../../provider/schema/judged";

const link = { server: "web1", peer: "ns1", peerAddress: "192.0.2.11", role: "sync" };
const token = { server: "ns1", acls: ["clustering"], whitelistIps: ["192.0.2.10", "2001:db8::1"] };

describe("the judged values of a resource", () => {
  test("[U] are a short text of the values that rules read", () => {
    expect(judgedText("link", { ...link, token: "SECRET" })).toBe("link\nweb1\nns1\n192.0.2.11\nsync");
    expect(judgedText("token", token)).toBe("token\nns1\nclustering\n192.0.2.10,2001:db8::1");
  });

  test("[U] name, for each value that differs, the judged and the applied one", () => {
    const [first, second, ...others] = changedSinceJudged(judgedText("link", link), {
      ...link,
      peer: "ns2",
      role: "standalone",
    });
    expect(first).toContain("The link from web1 to ns1 was judged with peer ns1, but ns2 would be applied");
    expect(second).toContain(
      "judged with role sync, but standalone would be applied: a transform or ignoreChanges",
    );
    expect(others).toEqual([]);
  });

  test.each([
    ["a role in WHM's other words", judgedText("link", link), { ...link, role: "synchronize" }],
    ["defaults that are left out", judgedText("token", { server: "ns1" }), { server: "ns1" }],
    [
      "a list that came from another resource",
      judgedText("token", { ...token, acls: {} }),
      { ...token, acls: ["all"] },
    ],
    [
      "a value with a line break, which its schema refuses",
      judgedText("token", { ...token, acls: ["clustering\r\n"] }),
      { ...token, acls: ["clustering\r\n"] },
    ],
    ["a kind that another version wrote", "other\nweb1", link],
  ])("[U] are the same for %s", (_what, text, sent) => {
    expect(changedSinceJudged(text, sent)).toEqual([]);
  });

  test("[U] do not include values that are still unknown", () => {
    const sent = { ...link, role: "UNKNOWN", peer: "ns2" };
    const changed = changedSinceJudged(judgedText("link", link), sent, (value) => value === "UNKNOWN");
    expect(changed).toHaveLength(1);
  });
});
