import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterProgram, singleProgram } from "../helpers/cluster-program";
import { probedDuring } from "../helpers/prober";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import { editTokens, storedTokens } from "../helpers/stored-tokens";
import { owners } from "./rotated-cluster";

jest.setTimeout(600_000);
const newProject = pulumiProjects();
const day = 86_400;
const now = Math.floor(Date.now() / 1000);

/** A cluster of web1, ns1 and ns2, with one more token of ns1 that another stack uses. */
const program = (tokens: string, shared = "1"): string => `${clusterProgram(`{ tokens: ${tokens} }`)}
const known = new whm.Provider("shared", { servers });
const shared = new whm.ApiToken("shared", { server: "ns1", rotate: "${shared}", keepOldFor: "24h" }, { provider: known });
exports.token = shared.token;
`;

/** Another stack, whose servers store a token of the first one. */
const user = singleProgram(`
const token = new pulumi.Config().requireSecret("token");
new whm.DnsClusterMember("web2-ns1", { server: "web2", peer: "ns1", role: "sync", token }, { provider });
new whm.TrustedRemoteIp("web2-ns1", { server: "web2", address: configured.ns1.address }, { provider });
`);

const everyToken = ["ns1-for-web1", "ns2-for-web1", "shared", "web1-for-ns2"];

describe("a rotation with the real engine", () => {
  let simulator: Simulator;
  let stack: PulumiProject;
  const rows: string[] = [];
  beforeAll(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "dnsonly" },
        ns2: { type: "cpanel", nameserver: true },
      },
    });
  });
  afterAll(async () => {
    process.stdout.write(`\nRotations\n${rows.join("\n")}\n`);
    await simulator.stop();
  });

  const tokens = (): string[] =>
    Object.keys(simulator.servers).flatMap((server) =>
      storedTokens(simulator, server).map(({ name }) => name.replace(/^prod-/, "")),
    );
  const allServers = (): string => JSON.stringify(simulator.servers);

  /** Does something while servers call each other, and notes what came of it. */
  async function rotate(
    title: string,
    work: () => Promise<unknown>,
    kept: readonly string[] = [],
  ): Promise<void> {
    const before = tokens();
    const { calls, failed } = await probedDuring(simulator, work);
    const found = owners(tokens());
    const leftOver = found.length - everyToken.length - kept.length;
    const made = tokens().filter((name) => !before.includes(name)).length;
    rows.push(
      `${title.padEnd(28)} ${made} made, ${calls} calls, ${failed.length} failed, ` +
        `${kept.length} kept for other stacks, ${leftOver} left over`,
    );
    expect(failed).toEqual([]);
    expect(found).toEqual([...everyToken, ...kept].sort());
  }

  async function up(text: string, ...flags: string[]): Promise<CommandResult> {
    await stack.write({ "index.js": text });
    return stack.up("--skip-preview", ...flags);
  }

  async function upOrFail(text: string): Promise<void> {
    expect(await up(text)).toMatchObject({ code: 0 });
  }

  /** Makes every token of the cluster as old as its state says it is. */
  function age(seconds: number): void {
    const file = join(stack.folder, ".pulumi/stacks/whm-test/test.json");
    const state = readFileSync(file, "utf8").replaceAll(
      /"createTime": ?(\d+)/g,
      (_all, time: string) => `"createTime": ${Number(time) - seconds}`,
    );
    writeFileSync(file, state);
    for (const server of Object.keys(simulator.servers))
      editTokens(simulator, server, (token) => ({ ...token, create_time: token.create_time - seconds }));
  }

  test("[E] lets every call through and leaves no token over: fleet, server, token, --target, another stack, renewal", async () => {
    stack = await newProject({
      program: program('{ rotate: "1" }'),
      secrets: { "whm:servers": allServers() },
    });
    await upOrFail(program('{ rotate: "1" }'));

    await rotate("the whole fleet", () => upOrFail(program('{ rotate: "2" }')));
    await rotate("one server", () => upOrFail(program('{ rotate: { fleet: "2", servers: { ns2: 1 } } }')));
    await rotate("one token", () =>
      upOrFail(program('{ rotate: { fleet: "2", servers: { ns2: 1 }, tokens: { "web1-for-ns2": 1 } } }')),
    );

    await rotate("--target, then a full run", async () => {
      const target = await up(program('{ rotate: "3" }'), "--target", "**::prod-ns1-for-web1");
      expect(target.code).not.toBe(0);
      expect(target.stdout + target.stderr).toMatch(
        /web1 still reaches a member with it[\s\S]*without --target/,
      );
      await upOrFail(program('{ rotate: "3" }'));
    });

    await simulator.addServer("web2", { type: "cpanel" });
    const { token } = (await stack.outputs()) as { token: string };
    const other = await newProject({ program: user, secrets: { "whm:servers": allServers(), token } });
    expect(await other.up("--skip-preview")).toMatchObject({ code: 0 });
    const again = async (): Promise<void> => {
      await upOrFail(program('{ rotate: "3" }', "2"));
      await other.setSecret("token", ((await stack.outputs()) as { token: string }).token);
      expect(await other.up("--skip-preview")).toMatchObject({ code: 0 });
    };
    await rotate("a token of another stack", again, ["shared"]);

    const expiresAt = now + 10 * day;
    await upOrFail(program(`{ rotate: "3", expiresAt: ${expiresAt} }`, "2"));
    age(90 * day);
    const renewing = program(`{ rotate: "3", expiresAt: ${expiresAt}, renewBefore: 14 }`, "2");
    await stack.write({ "index.js": renewing });
    const preview = await stack.preview();
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.stdout).toMatch(/expires in 9 days, and renewBefore is 14 days: it is replaced/);
    expect(preview.stdout).toContain("3 to replace");
    await rotate("a renewal", () => upOrFail(renewing), ["shared"]);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });

    expect(await other.destroy()).toMatchObject({ code: 0 });
    expect(await stack.destroy()).toMatchObject({ code: 0 });
    expect(tokens()).toEqual([]);
  });
});
