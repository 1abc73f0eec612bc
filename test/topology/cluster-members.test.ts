import { validateDeclared, validateTopology } from "../../provider/topology";
import { dns, links, web } from "./builders";

const rulesFor = (topology: Parameters<typeof validateTopology>[0]) =>
  validateTopology(topology).map(({ rule }) => rule);

describe("the servers of a cluster", () => {
  test("[U] do not include a server without a link, which causes only a warning, so that it can be removed in two steps", () => {
    expect(
      rulesFor({ servers: { web1: web(10), ns1: dns(53), ns2: dns(54) }, links: links("web1 -> ns1") }),
    ).toEqual(["unlinked-server"]);
    expect(
      rulesFor({ servers: { web1: web(10), web2: web(11), ns1: dns(53) }, links: links("web1 -> ns1") }),
    ).toEqual(["unlinked-server"]);
  });

  test("[U] do not include an unlinked server, which rules about every server still judge", () => {
    const ns2 = dns(54, { version: "10.0" });
    const servers = { web1: web(10), ns1: dns(53), ns2 };
    expect(rulesFor({ servers, links: links("web1 -> ns1") })).toEqual([
      "supported-version",
      "unlinked-server",
    ]);
  });

  test("[U] include a lone server, whose finding names the other declared ones", () => {
    const servers = { web1: web(10), ns1: dns(53), ns2: dns(54) };
    const [alone] = validateTopology({ servers, links: links("web1 -> web1") });
    expect(alone).toMatchObject({
      rule: "two-servers",
      servers: ["web1"],
      fix: "Add a link to ns1 and ns2.",
    });
    expect(alone?.message).toMatch(/^The cluster has 1 server; nothing links it to ns1 and ns2\. /);
  });

  test("[U] do not include a provider's unused servers if links are declared one by one", () => {
    const servers = { web1: web(10), ns1: dns(53), ns2: dns(54) };
    expect(validateDeclared([], { servers, links: links("web1 -> ns1") })).toEqual([]);
    expect(validateDeclared([{ servers, links: links("web1 -> ns1") }]).map(({ rule }) => rule)).toEqual([
      "unlinked-server",
    ]);
  });

  test("[U] can be overridden with a reason if one is unlinked", () => {
    const servers = { web1: web(10), ns1: dns(53), ns2: dns(54) };
    const overridden = (severity: "error" | "off") =>
      validateTopology({
        servers,
        links: links("web1 -> ns1"),
        rules: { "unlinked-server": { severity, reason: "it joins in May" } },
      });
    expect(overridden("off")).toEqual([]);
    expect(overridden("error")).toMatchObject([{ severity: "error", reason: "it joins in May" }]);
  });

  test("[U] are all servers if there is no link, and nothing is accepted", () => {
    expect(rulesFor({ servers: { web1: web(10) }, links: [] })).toEqual([
      "two-servers",
      "web-server-fed",
      "unlinked-server",
    ]);
    expect(rulesFor({ servers: { ns1: dns(53), ns2: dns(54) }, links: [] })).toEqual([
      "cpanel-present",
      "nameserver-fed",
      "nameserver-fed",
      "unlinked-server",
      "unlinked-server",
    ]);
    expect(rulesFor({ servers: {}, links: [] })).toEqual(["two-servers", "cpanel-present"]);
  });
});
