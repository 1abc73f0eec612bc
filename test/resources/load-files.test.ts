import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as whm from "../../provider";
import { accepted } from "../cli/helpers";
import { mockEngine, registrations } from "../helpers/mocked-engine";

const folder = mkdtempSync(join(tmpdir(), "whm-load-"));
const topologyFile = join(folder, "cluster.yaml");
const serversFile = join(folder, "servers.yaml");
beforeEach(() => void mockEngine());
afterEach(registrations);
afterAll(() => rmSync(folder, { recursive: true }));

const servers =
  "web1: { type: cpanel, address: 192.0.2.10, connection: { host: web1, password: hunter2 } }\n";

describe("a topology file in a program", () => {
  test("[U] is the arguments of a cluster, whose servers another file reaches", async () => {
    writeFileSync(topologyFile, accepted);
    writeFileSync(serversFile, servers);
    const reached = whm.loadServers(serversFile);
    const provider = new whm.Provider("whm", { servers: reached });
    const cluster = new whm.DnsCluster("prod", whm.loadTopology(topologyFile), { provider });
    expect(cluster.shape).toBe("direct");
    expect(reached["web1"]?.connection).toEqual({ host: "web1", password: "hunter2" });
    await registrations();
  });

  test("[U] can be completed with a connection for each server", () => {
    writeFileSync(topologyFile, accepted);
    const loaded = whm.loadTopology(topologyFile).servers;
    const reached = whm.withConnections(loaded, ({ hostname }, name) => ({
      host: hostname ?? name,
      port: 2222,
    }));
    expect(reached["ns1"]).toEqual({ ...loaded["ns1"], connection: { host: "ns1.example.com", port: 2222 } });
  });

  test("[U] that is malformed is refused with its name, line and column, and rejects the program", () => {
    writeFileSync(topologyFile, accepted.trimStart().replace("role: sync", "role: synch"));
    expect(() => whm.loadTopology(topologyFile)).toThrow(
      `${topologyFile} is malformed:\n  links[0].role: must be sync, write-only or standalone, not "synch"; did you mean sync?\n    line 6, column 28\n`,
    );
  });

  test.each<[what: string, load: () => unknown, said: string]>([
    [
      "a file that is missing",
      () => whm.loadTopology("nowhere.yaml"),
      "nowhere.yaml can't be read:\n  there is no such file in ",
    ],
    ["a folder", () => whm.loadTopology(folder), "can't be read"],
    [
      "a file of servers",
      () => whm.loadTopology(serversFile),
      "web1: describes a server, and a topology has",
    ],
    ["a topology in place of servers", () => whm.loadServers(topologyFile), "(root): is a topology"],
  ])("[U] is refused if it is %s", (_what, load, said) => {
    writeFileSync(serversFile, servers);
    writeFileSync(topologyFile, accepted);
    expect(load).toThrow(said);
  });
});
