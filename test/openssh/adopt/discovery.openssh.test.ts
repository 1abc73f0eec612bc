import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { clickEntries } from "../../helpers/clicked-cluster";
import type { CommandResult } from "../../helpers/run-command";
import { drawnTests } from "../../helpers/sample";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { Desk } from "./desk";
import { dns, linkAll, several, web } from "./structures";

jest.setTimeout(120_000);

describe("whm-dns adopt --from, where discovered servers can't be read", () => {
  let testbed: Testbed;
  let desk: Desk;
  let cluster: AdoptedCluster;
  beforeEach(async () => {
    testbed = await startTestbed({ servers: { web1: web, ...several(["ns1", "ns2"], dns) } });
    clickEntries(testbed, linkAll(["web1"], ["ns1", "ns2"]));
    desk = new Desk(testbed, false);
    desk.key();
    cluster = await AdoptedCluster.in({ servers: {} }, desk.environment);
  });
  afterEach(async () => {
    await cluster.remove();
    desk.leave();
    await testbed.stop();
  });

  const at = (name: string): string => testbed.servers[name]!.address!;
  const adopt = (...flags: string[]): Promise<CommandResult> =>
    cluster.whmDns("adopt", "--from", `root@${at("web1")}:${testbed.port}`, "--out", "dns", ...flags);

  /** How many log-ins a server has accepted. An earlier line of the log says at which address each connection came in. */
  function logInsAt(name: string): number {
    const log = testbed.sshd.log();
    const opened = [...log.matchAll(/Connection from \S+ port (\d+) on (\S+) port/g)];
    const ports = opened.filter(([, , address]) => address === at(name)).map(([, port]) => port!);
    return ports.filter((port) => log.includes(`Accepted publickey for root from 127.0.0.1 port ${port} `))
      .length;
  }

  drawnTests(2, (test) => {
    test("[E] an unknown host key is refused, the others are told, and the next run goes on in the same folder", async () => {
      desk.knows(at("web1"), at("ns1"));
      const first = await adopt("--same-login");
      expect(first.code).toBe(3);
      expect(first.stderr).toMatch(
        /on ns2: the server shows ssh-ed25519 SHA256:\S+, which is not known here/,
      );
      expect(first.stdout).toContain("Found a cluster with 1 entry on 2 servers.");
      expect([logInsAt("ns1"), logInsAt("ns2")]).toEqual([1, 0]);
      desk.knows("ns2.example.com");
      expect(await adopt("--same-login")).toMatchObject({ code: 0, stderr: "" });
      expect(await cluster.text("index.ts")).toContain('"ns2"');
    });

    test("[E] another host key than the one that is known for the host name is refused", async () => {
      desk.knows(at("web1"), at("ns1"));
      const [type, key] = makeKeyPair().publicKey.split(" ");
      desk.hosts(`[ns2.example.com]:${testbed.port} ${type} ${key}\n`);
      const { code, stderr } = await adopt("--same-login");
      expect(code).toBe(3);
      expect(stderr).toContain("[changed-host-key]");
      expect(logInsAt("ns2")).toBe(0);
    });

    test("[E] a server that answers nowhere hides none of the others", async () => {
      desk.knows(at("web1"), at("ns1"), at("ns2"));
      clickEntries(testbed, [
        { from: "web1", to: "192.0.2.99", role: "sync", secret: "NOSERVERKNOWSTHISTOKENOFNOBODYXX" },
      ]);
      const { code, stdout, stderr } = await adopt("--same-login");
      expect(code).toBe(3);
      expect(stderr).toMatch(/on 192\.0\.2\.99: .*\[unreachable\]/);
      expect(stdout).toContain("Found a cluster with 2 entries on 3 servers.");
      expect(stdout).toContain(`${at("web1")}: entry for 192.0.2.99: 192.0.2.99 could not be read`);
    });

    test("[E] a name that doesn't resolve is named, where the suggestion is taken as it is", async () => {
      desk.knows(at("web1"));
      const asked = await adopt();
      expect(asked).toMatchObject({ code: 3, stderr: "" });
      expect(asked.stdout).toContain("2 servers are members of the cluster");
      const file = join("dns", "connections.yaml");
      expect(await readFile(join(cluster.home, file), "utf8")).not.toContain("PRIVATE KEY");
      const again = ["--connections", file, "--from", at("web1"), "--out", "dns"];
      const { code, stderr } = await cluster.whmDns("adopt", ...again);
      expect(code).toBe(3);
      expect(stderr).toMatch(/on ns1: getaddrinfo \w+ ns1\.example\.com/);
      expect(stderr).toMatch(/on ns2: getaddrinfo \w+ ns2\.example\.com/);
    });

    test("[E] a first server that refuses the log-in is asked once", async () => {
      desk.knows(at("web1"));
      testbed.sshd.forgetKeys();
      const { code, stdout, stderr } = await adopt("--same-login");
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain("[refused-credential]");
      expect(testbed.sshd.connections()).toEqual({ [at("web1")]: 1 });
    });
  });
});
