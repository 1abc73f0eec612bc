import * as pulumi from "@pulumi/pulumi";
import * as whm from "../../../provider";
import { mockEngine, registrations, type MockedResource } from "../../helpers/mocked-engine";

const connection = { host: "192.0.2.1", password: "not used", insecureSkipHostKeyCheck: true };
const server = (type: "cpanel" | "dnsonly", at: number) =>
  ({ type, address: `192.0.2.${at}`, connection }) as const;
const links = (...pairs: [string, string][]) =>
  pairs.map(([from, to]) => ({ from, to, role: "sync" as const }));

describe("parts with the same name", () => {
  let registered: MockedResource[];
  beforeEach(() => {
    registered = mockEngine();
  });

  const web = { "web-a": server("cpanel", 10), web: server("cpanel", 11) };
  const nameservers = { ns: server("dnsonly", 53), "a-ns": server("dnsonly", 54) };

  test("[U] make one cluster malformed: the message names both parts, and only the component is registered", async () => {
    const make = () =>
      new whm.DnsCluster("prod", {
        servers: { ...web, ...nameservers },
        links: links(["web", "a-ns"], ["web-a", "ns"]),
      });
    expect(make).toThrow(
      "Two resources would be named prod-web-a-ns: the link from web to a-ns of prod, and the link from web-a to ns of prod. Give the cluster or one of the servers another name.",
    );
    await registrations();
    expect(registered.map(({ name }) => name)).toEqual(["prod"]);
  });

  test("[U] make the second of two clusters malformed", () => {
    const eu = { "west-1": server("cpanel", 10), ns: server("dnsonly", 53) };
    const west = { "1": server("cpanel", 12), ns: server("dnsonly", 53) };
    new whm.DnsCluster("eu", { servers: eu, links: links(["west-1", "ns"]) });
    expect(() => new whm.DnsCluster("eu-west", { servers: west, links: links(["1", "ns"]) })).toThrow(
      /named eu-west-1-ns: the link from west-1 to ns of eu, and the link from 1 to ns of eu-west\./,
    );
  });

  test("[U] do not occur for different links or for components of different types", async () => {
    const inComponent = (type: string, at: number) => {
      const parent = new pulumi.ComponentResource(type, "site");
      const servers = { web1: server("cpanel", at), ns: server("dnsonly", at + 1) };
      new whm.DnsCluster("dns", { servers, links: links(["web1", "ns"]) }, { parent });
    };
    new whm.DnsCluster("prod", { servers: { ...web, ...nameservers }, links: links(["web", "a-ns"]) });
    inComponent("my:index:Staging", 100);
    inComponent("my:index:Production", 200);
    await registrations();
    expect(registered.filter(({ name }) => name === "dns-web1-ns")).toHaveLength(2);
  });
});
