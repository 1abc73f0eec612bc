import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { singleProgram } from "../helpers/cluster-program";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import type { CommandResult } from "../helpers/run-command";
import { memberFile, writes } from "../helpers/server-files";
import { startSshHost, type SshHost } from "../servers/helpers/ssh-host";
import {
  allSecrets,
  encryptedKey,
  handMadeEntry,
  planted,
  plantedServers,
  plantEntries,
} from "./helpers/planted-servers";
import { SecretWatch, secretsIn, type PlantedSecret, type Sighting } from "./helpers/secret-watch";

jest.setTimeout(600_000);
const newProject = pulumiProjects();

const resources = (role = "sync", more = "") => `
const opts = { provider };
const ofNs1 = new whm.ApiToken("ns1-for-web1", { server: "ns1", whitelistIps: ["192.0.2.10"], users: ["web1"] }, opts);
const ofWeb1 = new whm.ApiToken("web1-for-ns1", { server: "web1", whitelistIps: ["192.0.2.11"], users: ["ns1"] }, opts);
new whm.ReverseTrust("ns1-trusts-web1", { server: "web1", peer: "ns1", token: ofWeb1.token, adopt: true }, opts);
new whm.DnsClusterMember("web1-ns1", { server: "web1", peer: "ns1", role: "${role}", token: ofNs1.token, adopt: true, enableClustering: true }, opts);
new whm.TrustedRemoteIp("web1-ns1", { server: "web1", address: "192.0.2.11" }, opts);
exports.token = ofNs1.token;
${more}
`;

/** What stands in the stack's configuration, by the names under which it is planted. */
const configured = new Set([
  ...["bastionPassword", "keyPassphrase", "loginPassword", "wrongToken", "wrongPassword"],
  ...["key of the bastion", "key of web1", "token of web1"],
]);

/** As somebody asks for them who looks for a fault. */
const verbose = ["--debug", "--logflow", "-v=9", "--logtostderr"];

const feedBack = `new whm.DnsClusterMember("ns1-web1", { server: "ns1", peer: "web1", role: "sync", token: ofWeb1.token }, opts);`;

describe("secrets that are planted in every possible place", () => {
  const key = encryptedKey();
  let simulator: Simulator;
  let bastion: SshHost;
  let temporary: string;
  let stack: PulumiProject;
  let watch: SecretWatch;
  const known = new Map<string, PlantedSecret>();
  const secrets = (): PlantedSecret[] => {
    for (const secret of allSecrets(simulator, key)) known.set(secret.value, secret);
    return [...known.values()];
  };

  beforeEach(async () => {
    simulator = await startSimulator({
      servers: {
        web1: { type: "cpanel" },
        ns1: { type: "cpanel", nameserver: true, password: planted.loginPassword },
      },
    });
    bastion = await startSshHost({ password: planted.bastionPassword, forwarding: true, clientKey: key });
    temporary = await mkdtemp(join(tmpdir(), "whm-temporary-"));
    plantEntries(simulator);
    stack = await newProject({
      program: singleProgram(resources("sync", feedBack)),
      environment: { TMPDIR: temporary, NS1_TOKEN: simulator.servers["ns1"]?.api?.token ?? "" },
      secrets: { "whm:servers": JSON.stringify(plantedServers(simulator, bastion, key)) },
    });
    watch = new SecretWatch(stack.folder, [temporary, stack.folder], secrets);
  });
  afterEach(async () => {
    await Promise.all([simulator.stop(), bastion.stop(), rm(temporary, { recursive: true })]);
  });

  const told = ({ stdout, stderr }: CommandResult): string => stdout + stderr;

  test("[E] are in no output, file, journal, argument list or environment, whatever a run does", async () => {
    const run = async (name: string, work: Promise<CommandResult>): Promise<CommandResult> => {
      const result = await work;
      watch.inspect(`output of: ${name}`, withoutPulumisOwnLog(told(result)));
      return result;
    };
    watch.start();

    const rejected = await run("rejected preview", stack.preview());
    expect(rejected.code).not.toBe(0);
    expect(told(rejected)).toContain("[sync-back]");
    expect(writes(simulator)).toEqual([]);

    await stack.write({ "index.js": singleProgram(resources()) });
    expect(await run("preview", stack.preview("--diff"))).toMatchObject({ code: 0 });

    simulator.fault("ns1", "html", { door: "api" });
    simulator.fault("web1", "truncated", { door: "api", times: 3 });
    expect((await run("up with broken replies", stack.up("--skip-preview"))).code).not.toBe(0);
    simulator.clearFaults();
    simulator.fault("web1", "lying-success", { door: "sftp", operation: "rename" });
    expect((await run("up that is lied to", stack.up("--skip-preview"))).code).not.toBe(0);
    simulator.clearFaults();

    expect(await run("up", stack.up("--diff"))).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(memberFile("192.0.2.11"))).not.toContain(planted.memberByHand);
    expect(bastion.counts.logins).toBeGreaterThan(0);

    const drifted = Buffer.from(handMadeEntry(`${planted.driftedEntry}\xff`), "latin1");
    simulator.files("web1").write(memberFile("192.0.2.11"), drifted, 0o600);
    expect(await run("refresh that finds drift", stack.refresh("--diff"))).toMatchObject({ code: 0 });

    const servers = JSON.stringify(plantedServers(simulator, bastion, key));
    const web1 = simulator.servers["web1"]?.api?.token ?? "";
    const [ours, theirs] = [JSON.stringify(planted.loginPassword), JSON.stringify(planted.wrongPassword)];
    await stack.setSecret("whm:servers", servers.replace(web1, planted.wrongToken).replaceAll(ours, theirs));
    await stack.write({ "index.js": singleProgram(resources("write-only")) });
    const refused = await run("up with wrong credentials", stack.up("--skip-preview"));
    expect(refused.code).not.toBe(0);
    expect(told(refused)).toContain("[refused-credential]");
    await stack.setSecret("whm:servers", servers);
    expect(await run("up again", stack.up("--skip-preview", ...verbose))).toMatchObject({ code: 0 });

    expect(await run("destroy", stack.destroy("--diff"))).toMatchObject({ code: 0 });
    expect(simulator.files("ns1").read(memberFile("192.0.2.10"))).toBe(handMadeEntry(planted.trustByHand));

    watch.inspect("journal", JSON.stringify(simulator.journal()));
    expect(watch.stop().filter((sighting) => !isPulumisOwnEnvironment(sighting))).toEqual([]);
    expect(watch.looks).toBeGreaterThan(50);
    expect([...watch.commands].some((command) => command.includes("dynamic-provider"))).toBe(true);
    expect([...watch.files].some((file) => file.includes("/.pulumi/stacks/"))).toBe(true);
    expect(secrets().length).toBeGreaterThan(14);
  });
});

/**
 * Pulumi itself writes every value that it carries into its verbose log, secret or not, and its SDK into what --debug
 * prints. Nobody but Pulumi can change that; docs/credentials.md warns of it. All other lines are looked at.
 */
function withoutPulumisOwnLog(output: string): string {
  const own = /\b(Unm|M)arshaling property for RPC\[|\bRegisterResource RPC finished: resource:/;
  return output
    .split("\n")
    .filter((line) => !own.test(line))
    .join("\n");
}

/** Pulumi hands the stack's configuration to the process that runs the program in that process's environment. */
function isPulumisOwnEnvironment({ secret, place }: Sighting): boolean {
  return /^environment of .*@pulumi\/pulumi\/cmd\/run/.test(place) && configured.has(secret);
}

test("[E] are found by the watch if they are there", () => {
  const secret = { name: "one", value: 'Se/cret+ of "some" length' };
  const texts = [
    secret.value,
    encodeURIComponent(secret.value),
    JSON.stringify(secret.value),
    JSON.stringify({ text: JSON.stringify(secret.value) }),
    ...["", "x", "xy"].map((before) => Buffer.from(`${before}${secret.value}yz`).toString("base64")),
    Buffer.from(`x${secret.value}`).toString("base64url"),
  ];
  expect(texts.map((text) => secretsIn(text, [secret]))).toEqual(texts.map(() => ["one"]));
  expect(secretsIn("another text", [secret])).toEqual([]);
});
