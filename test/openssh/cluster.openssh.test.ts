import { startTestbed, type Testbed } from "../testbed/testbed";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { memberFile, ns1Entry } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

/** Clustering stays on once it is, whatever is destroyed. */
function withoutFlag({ [ns1Entry.flag]: _flag, ...files }: Record<string, string>): Record<string, string> {
  return files;
}

describe("a cluster on real OpenSSH servers", () => {
  let testbed: Testbed;
  beforeAll(async () => {
    const [web, nameserver] = [{ type: "cpanel" as const }, { type: "dnsonly" as const }];
    testbed = await startTestbed({ servers: { web1: web, web2: web, ns1: nameserver, ns2: nameserver } });
  });
  afterAll(() => testbed.stop());

  const names = ["web1", "web2", "ns1", "ns2"];
  const everyFile = () => names.map((name) => withoutFlag(testbed.files(name).snapshot()));
  /** The servers to which an operation opens connections, each as often as it does. */
  const touched = () =>
    [...testbed.sshd.log().matchAll(/^Connection from \S+ port \d+ on (\S+)/gm)].map(([, address]) =>
      names.find((name) => testbed.servers[name]!.address === address)!,
    );
  const logins = async (operation: () => Promise<{ code: number; stdout: string }>) => {
    const before = touched().length;
    const { code, stdout } = await operation();
    const servers = touched().slice(before).sort();
    return { code, stdout, logins: servers.join(" ") };
  };

  test("[E] needs one log-in for each process and server, and leaves nothing behind", async () => {
    const before = everyFile();
    const secrets = { "whm:servers": JSON.stringify(testbed.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });

    expect(await logins(() => stack.preview())).toMatchObject({ code: 0, logins: "" });
    expect(await logins(() => stack.up())).toMatchObject({ code: 0, logins: "ns1 ns2 web1 web2" });
    expect(await logins(() => stack.preview("--expect-no-changes"))).toMatchObject({ code: 0, logins: "" });
    expect(await logins(() => stack.up("--expect-no-changes"))).toMatchObject({ code: 0, logins: "" });
    // Members and trusted addresses lie on the web servers; tokens are read over the nameservers' API.
    const refresh = () => stack.refresh("--skip-preview", "--expect-no-changes");
    expect(await logins(refresh)).toMatchObject({ code: 0, logins: "web1 web2" });

    testbed.files("web1").write(`${memberFile(testbed.servers["ns1"]!.address!)}-dnsrole`, "standalone");
    const drift = () => stack.preview("--refresh", "--expect-no-changes");
    expect(await logins(drift)).toMatchObject({ code: 7, logins: "web1 web2" });
    // One process does both. Zones are about to flow again over web1's link, so that every server is looked at for a circle.
    const repair = () => stack.up("--refresh", "--skip-preview");
    expect(await logins(repair)).toMatchObject({ code: 0, logins: "ns1 ns2 web1 web2" });

    expect(await logins(() => stack.destroy())).toMatchObject({ code: 0, logins: "ns1 ns2 web1 web2" });
    expect(everyFile()).toEqual(before);
  });
});
