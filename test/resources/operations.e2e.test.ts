import { createHash } from "node:crypto";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { tokenFileOf } from "../../provider/simulator/tokens";
import { programStart } from "../helpers/cluster-program";
import { pulumiProjects } from "../helpers/pulumi";
import { memberFile, writes } from "../helpers/server-files";

// What docs/operations.md and docs/credentials.md tell an operator to do.

const newProject = pulumiProjects();
jest.setTimeout(240_000);

const adopting = `transforms: [({ type, props, opts }) =>
  type.endsWith(":DnsClusterMember") ? { props: { ...props, adopt: true }, opts } : undefined]`;

/** One cluster, with options of its own beside the provider. */
const program = (options = "") => `
${programStart}
const servers = configured;
const provider = new whm.Provider("whm", { servers });
new whm.DnsCluster("prod", { servers, links: [{ from: "web1", to: "ns1", role: "sync" }] }, { provider, ${options} });
`;

describe("a stack in operation, with the real engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } } });
  });
  afterEach(() => simulator.stop());

  const project = () =>
    newProject({ program: program(), secrets: { "whm:servers": JSON.stringify(simulator.servers) } });

  test("[E] adopts members created by hand with a transform, keeps protected resources, and leaves retained ones", async () => {
    const files = simulator.files("web1");
    files.write(memberFile("192.0.2.11"), "#version 2.0\nuser=root\nhost=ns1\npass=BYHAND\nmodule=cPanel\n");
    files.write(`${memberFile("192.0.2.11")}-dnsrole`, "sync");
    const stack = await project();
    const refused = await stack.up("--skip-preview");
    expect(refused.stdout + refused.stderr).toContain("[exists-already]");
    expect(files.read(memberFile("192.0.2.11"))).toContain("pass=BYHAND");

    await stack.write({ "index.js": program(adopting) });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(files.read(memberFile("192.0.2.11"))).not.toContain("pass=BYHAND");
    await stack.write({ "index.js": program("protect: true") });
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    simulator.clearJournal();
    const kept = await stack.destroy("--skip-preview");
    expect(kept.code).not.toBe(0);
    expect(kept.stdout + kept.stderr).toContain("protected");
    await stack.write({ "index.js": program("retainOnDelete: true") });
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(writes(simulator)).toEqual([]);
    expect(await stack.exportStack()).toEqual([]);
  });

  test("[E] refreshes and destroys with the program's credentials with --run-program", async () => {
    const stack = await project();
    const changeApiToken = async (secret: string): Promise<void> => {
      moveToken(simulator, secret);
      await stack.setSecret("whm:servers", JSON.stringify(withToken(simulator, secret)));
    };
    expect(await stack.up("--skip-preview")).toMatchObject({ code: 0 });

    await changeApiToken("B".repeat(32));
    const refused = await stack.refresh("--skip-preview");
    expect(refused.stdout + refused.stderr).toMatch(/\[refused-credential\].*--run-program/);
    expect(await stack.refresh("--skip-preview", "--run-program")).toMatchObject({ code: 0 });
    expect(await stack.up("--skip-preview", "--refresh", "--run-program")).toMatchObject({ code: 0 });
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    await changeApiToken("C".repeat(32));
    expect(await stack.destroy("--skip-preview")).not.toMatchObject({ code: 0 });
    expect(await stack.destroy("--skip-preview", "--run-program")).toMatchObject({ code: 0 });
    expect(simulator.members("web1")).toEqual([]);
  });
});

/** Gives the provider's own token of ns1 another secret, as if it had been made anew. */
function moveToken(simulator: Simulator, secret: string): void {
  const files = simulator.files("ns1");
  const path = tokenFileOf("root");
  const { tokens } = JSON.parse(files.read(path)!) as { tokens: Record<string, { name: string }> };
  const moved = Object.entries(tokens).map(([hash, token]): [string, object] => [
    token.name === "provider-access" ? createHash("sha512").update(secret).digest("hex") : hash,
    token,
  ]);
  files.write(path, JSON.stringify({ tokens: Object.fromEntries(moved) }));
}

function withToken({ servers }: Simulator, token: string): Simulator["servers"] {
  const ns1 = servers["ns1"]!;
  return { ...servers, ns1: { ...ns1, api: { ...ns1.api!, token } } };
}
