import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clickEntries } from "../../helpers/clicked-cluster";
import type { AdoptionCase } from "./adoption-case";
import { dns, linkAll, several, web } from "./structures";

/** Clusters of which one server is known, and clusters of which one is known twice. */
export const discoveredServers: readonly AdoptionCase[] = [
  {
    title: "a circle that the rules reject, found from one server with the same log-in",
    options: { servers: { ...several(["web1", "web2"], web), ...several(["ns1", "ns2", "ns3"], dns) } },
    make: (testbed) =>
      clickEntries(testbed, [
        ...linkAll(["web1"], ["ns1"]),
        ...linkAll(["web2"], ["ns2"]),
        { from: "ns2", to: "web2", role: "standalone" },
        ...linkAll(["ns1"], ["ns2"]),
        ...linkAll(["ns2"], ["ns3"]),
        ...linkAll(["ns3"], ["ns1"]),
      ]),
    reach(desk, { port, servers }) {
      desk.key();
      const { web1, web2, ...nameservers } = servers;
      // Somebody has logged in to web servers by address and to nameservers by name.
      desk.knows(
        web1!.address!,
        web2!.address!,
        ...Object.values(nameservers).map(({ hostname }) => hostname!),
      );
      return { flags: ["--from", `root@${web1!.address}:${port}`, "--same-login"] };
    },
    found: "Found a cluster with 6 entries on 5 servers.",
    program: ['"feeding-cycle": {'],
  },
  {
    title: "servers behind NAT that are stored under both addresses, found from one server with an agent",
    options: {
      servers: { web1: { ...web, behindNat: true }, web2: web, ns1: { ...dns, behindNat: true }, ns2: dns },
    },
    make(testbed) {
      const { publicAddress } = testbed.servers["ns1"]!;
      clickEntries(testbed, [
        ...linkAll(["web1", "web2"], ["ns2"]),
        { from: "web1", to: "ns1", role: "sync" },
        { from: "web1", to: "ns1", role: "write-only", address: publicAddress, token: { name: "second" } },
        { from: "web2", to: "ns1", role: "sync", address: publicAddress },
        { from: "ns2", to: "web2", role: "standalone" },
      ]);
    },
    hasAgent: true,
    async reach(desk, { port, servers }) {
      await desk.startAgent();
      const addresses = Object.values(servers).map(({ address }) => address!);
      desk.knows(...addresses);
      return { flags: ["--from", `${servers["web1"]!.address}:${port}`, "--same-login"] };
    },
    found: "Found a cluster with 4 entries on 4 servers.",
    leftAlone({ servers: { web1, ns1 } }) {
      const { address, publicAddress } = ns1!;
      const why = `it is stored under ${address} and ${publicAddress}, and WHM allows one member for a host name`;
      // Nobody has said what web1 is called.
      return [`${web1!.address}: entries for ns1: ${why}`];
    },
  },
  {
    title: "servers that are asked for, in a file that somebody fills in",
    options: { servers: { ...several(["web1"], web), ...several(["ns1", "ns2"], dns) } },
    make: (testbed) => clickEntries(testbed, linkAll(["web1"], ["ns1", "ns2"])),
    async reach(desk, { servers }, cluster) {
      const { web1 } = desk.servers({ privateKeyFile: desk.key() }, { api: false });
      const known = desk.file("servers.json", { web1 });
      const asked = await cluster.whmDns("adopt", "--connections", known, "--from", "web1", "--out", "asked");
      expect(asked).toMatchObject({ code: 3, stderr: "" });
      const file = join(cluster.home, "asked", "connections.yaml");
      const command = /^ {2}whm-dns adopt (.*) --out asked$/m.exec(asked.stdout)![1]!;
      // Only how to reach them is missing: the names of the suggestion resolve nowhere here.
      const filled = ["ns1", "ns2"].reduce(
        (text, name) => {
          const { address, connection } = servers[name]!;
          const way = `host: ${address}\n    hostKey: ${connection!.hostKey!.trim()}`;
          return text.replace(`host: ${name}.example.com`, way);
        },
        await readFile(file, "utf8"),
      );
      await writeFile(file, filled);
      return { flags: command.split(" ") };
    },
    found: "Found a cluster with 2 entries on 3 servers.",
    program: ["whm.directLinks({"],
  },
];
