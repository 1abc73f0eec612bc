import { validateDeclared, validateTopology } from "../../provider/topology";
import { dns, links, web } from "./builders";

const rulesFor = (topology: Parameters<typeof validateTopology>[0]) =>
  validateTopology(topology).map(({ rule }) => rule);

describe("which servers are in a cluster", () => {
  test("[U] a server that ends no link is told of and not judged, so that it can be taken out in two steps", () => {
    expect(
      rulesFor({ servers: { web1: web(10), ns1: dns(53), ns2: dns(54) }, links: links("web1 -> ns1") }),
    ).toEqual(["unlinked-server"]);
    expect(
      rulesFor({ servers: { web1: web(10), web2: web(11), ns1: dns(53) }, links: links("web1 -> ns1") }),
    ).toEqual(["unlinked-server"]);
  });

  test("[U] rules over everything judge it all the same", () => {
    const ns2 = dns(54, { version: "10.0" });
    const servers = { web1: web(10), ns1: dns(53), ns2 };
    expect(rulesFor({ servers, links: links("web1 -> ns1") })).toEqual([
      "supported-version",
      "unlinked-server",
    ]);
  });

  test("[U] a server that is left alone is told of the others that are declared, and not to declare one", () => {
    const servers = { web1: web(10), ns1: dns(53), ns2: dns(54) };
    const [alone] = validateTopology({ servers, links: links("web1 -> web1") });
    expect(alone).toMatchObject({
      rule: "two-servers",
      servers: ["web1"],
      fix: "Add a link to ns1 and ns2.",
    });
    expect(alone?.message).toMatch(/^The cluster has 1 server; nothing links it to ns1 and ns2\. /);
  });

  test("[U] a provider's servers are not declared by the links that are declared one by one", () => {
    const servers = { web1: web(10), ns1: dns(53), ns2: dns(54) };
    expect(validateDeclared([], { servers, links: links("web1 -> ns1") })).toEqual([]);
    expect(validateDeclared([{ servers, links: links("web1 -> ns1") }]).map(({ rule }) => rule)).toEqual([
      "unlinked-server",
    ]);
  });

  test("[U] what to make of such a server can be overridden with a reason", () => {
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

  test("[U] without any link every server counts, and nothing is accepted", () => {
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
