import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { commandLine } from "./helpers";

const role = "/var/cpanel/cluster/root/config/192.0.2.53-dnsrole";
const trusted = "/etc/ips.remotedns";

describe("simulate change", () => {
  const folder = mkdtempSync(join(tmpdir(), "whm-change-"));
  const file = join(folder, "servers.json");
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly", address: "192.0.2.53" } },
    });
    writeFileSync(file, JSON.stringify(simulator.servers));
    simulator.files("web1").write(role, "sync");
    simulator.files("web1").write(trusted, "# ours\n192.0.2.53\n192.0.2.5\n");
  });
  afterAll(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  const change = (...words: string[]) => commandLine(["simulate", "change", ...words, "--connections", file]);

  test("[I] gives a member another role", async () => {
    const { code, output } = await change("role", "web1", "ns1", "standalone");
    expect({ code, output }).toEqual({
      code: 0,
      output: "web1 now stores ns1 with the role standalone. See it with `pulumi preview --refresh`.\n",
    });
    expect(simulator.files("web1").read(role)).toBe("standalone");
  });

  test("[I] deletes exactly one trusted address", async () => {
    expect((await change("untrust", "web1", "ns1")).code).toBe(0);
    expect(simulator.files("web1").read(trusted)).toBe("# ours\n192.0.2.5\n");
  });

  test.each([
    [["role", "web1", "ns1", "push"], "Allowed choices are sync, write-only, standalone."],
    [["role", "web1", "192.0.2.99", "sync"], "It has no member 192.0.2.99."],
    [["untrust", "web1", "192.0.2.99"], "/etc/ips.remotedns has no line 192.0.2.99."],
    [["untrust", "web9", "ns1"], "no server named web9"],
  ])("[I] says why it can't: %j", async (words, said) => {
    const { code, errors } = await change(...words);
    expect(code).toBe(2);
    expect(errors).toContain(said);
  });
});
