import { startBed, type Bed } from "../bed/bed";
import { clusterProgram } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { ns1Entry } from "../helpers/server-files";

const newProject = pulumiProjects();
jest.setTimeout(240_000);

/** Clustering stays on once it is, whatever is destroyed. */
function withoutFlag({ [ns1Entry.flag]: _flag, ...files }: Record<string, string>): Record<string, string> {
  return files;
}

describe("a cluster on OpenSSH's own server", () => {
  let bed: Bed;
  beforeAll(async () => {
    const [web, nameserver] = [{ type: "cpanel" as const }, { type: "dnsonly" as const }];
    bed = await startBed({ servers: { web1: web, web2: web, ns1: nameserver, ns2: nameserver } });
  });
  afterAll(() => bed.stop());

  const names = ["web1", "web2", "ns1", "ns2"];
  const everyFile = () => names.map((name) => withoutFlag(bed.files(name).snapshot()));
  /** Log-ins that an operation takes. */
  const logins = async (operation: () => Promise<{ code: number; stdout: string }>) => {
    const before = bed.sshd.count("Accepted publickey");
    const { code, stdout } = await operation();
    return { code, stdout, logins: bed.sshd.count("Accepted publickey") - before };
  };

  test("[E] takes one log-in a server and process, and leaves no trace", async () => {
    const before = everyFile();
    const secrets = { "whm:servers": JSON.stringify(bed.servers) };
    const stack = await newProject({ program: clusterProgram(), secrets });

    const up = await logins(() => stack.up());
    expect(up).toMatchObject({ code: 0, logins: 4 });
    const again = await logins(() => stack.up());
    expect(again).toMatchObject({ code: 0, logins: 0 });
    expect(again.stdout).toContain("unchanged");
    const refresh = await logins(() => stack.refresh("--expect-no-changes"));
    expect(refresh).toMatchObject({ code: 0, logins: 4 });
    const destroy = await logins(() => stack.destroy());
    // The nameservers hold tokens only, which go through their API.
    expect(destroy).toMatchObject({ code: 0, logins: 2 });
    expect(everyFile()).toEqual(before);
  });
});
