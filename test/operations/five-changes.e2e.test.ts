import { join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { clusterOn, type HeldByServer } from "../examples/cluster-on";
import { root, textOf } from "../helpers/markdown-pages";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { sampleOf } from "../helpers/sample";
import { writes } from "../helpers/server-files";
import { storedTokens } from "../helpers/stored-tokens";
import { changed, procedurePage, type Step } from "./procedure";

jest.setTimeout(300_000);
const newProject = pulumiProjects();
const page = procedurePage(textOf("docs/operations.md"), "Five changes, step by step");

interface Outcome {
  /** Servers to begin with, beside those of the page's program. */
  readonly joins: Parameters<typeof startSimulator>[0]["servers"];
  /** What the servers hold after the last step. */
  readonly cluster: Record<string, HeldByServer>;
  /** Looks through the back door. */
  readonly look: (simulator: Simulator, before: Tokens) => void;
}

type Tokens = ReadonlyMap<string, readonly string[]>;

const both = { members: { ns1: "sync", ns2: "sync" }, trusts: ["ns1", "ns2"] };

const outcomes: Record<string, Outcome> = {
  "Replace a nameserver": {
    joins: { ns3: { type: "dnsonly", address: "203.0.113.53" } },
    cluster: held({ members: { ns2: "sync", ns3: "sync" }, trusts: ["ns2", "ns3"] }),
    look: (simulator) => expect(clusterTokens(simulator).get("ns1")).toEqual([]),
  },
  "Take a nameserver out": {
    joins: {},
    cluster: held({ members: { ns1: "sync" }, trusts: ["ns1"] }),
    look: (simulator) => expect(clusterTokens(simulator).get("ns2")).toEqual([]),
  },
  "Rotate every token after a breach": {
    joins: {},
    cluster: held(both),
    look: (simulator, before) => {
      for (const [server, names] of clusterTokens(simulator)) {
        expect(names).toHaveLength(before.get(server)!.length);
        expect(names.filter((name) => before.get(server)!.includes(name))).toEqual([]);
      }
    },
  },
  "Move a server to another address": {
    joins: { "ns1-new": { type: "dnsonly", address: "203.0.113.54", hostname: "ns1.example.com" } },
    cluster: held({ members: { "ns1-new": "sync", ns2: "sync" }, trusts: ["ns1-new", "ns2"] }),
    look: (simulator) => expect(clusterTokens(simulator).get("ns1-new")).toHaveLength(2),
  },
  "Hand a cluster to another stack": {
    joins: {},
    cluster: held(both),
    look: (simulator, before) => {
      expect(clusterTokens(simulator)).toEqual(before);
      expect(writes(simulator)).toEqual([]);
    },
  },
};

describe("the five changes of docs/operations.md", () => {
  let simulator: Simulator;
  afterEach(() => simulator.stop());

  test("[U] are those that are run here", async () => {
    simulator = await startSimulator({ servers: {} });
    expect([...page.procedures.keys()]).toEqual(Object.keys(outcomes));
  });

  test.each(sampleOf(Object.entries(outcomes), 1))("[E] %s", async (title, { joins, cluster, look }) => {
    simulator = await startSimulator({ servers: { ...serversOfThePage(), ...joins } });
    const stack = await newProject({ program: { "index.ts": page.program }, stack: "production" });
    const reader = new Reader(stack, simulator);
    await reader.take({ does: "run", command: "pulumi up" });
    await reader.takeAll(page.first);
    const before = clusterTokens(simulator);
    simulator.clearJournal();
    await reader.takeAll(page.procedures.get(title)!);
    expect(clusterOn(simulator)).toEqual(cluster);
    look(simulator, before);
  });
});

/** Somebody who follows a procedure. */
class Reader {
  private program = page.program;
  private said = "";

  constructor(
    private readonly stack: PulumiProject,
    private readonly simulator: Simulator,
  ) {}

  async takeAll(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.take(step);
  }

  async take(step: Step): Promise<void> {
    if (step.does === "read") return expect(this.said).toContain(step.words);
    if (step.does === "change") this.program = changed(this.program, step);
    else await this.run(step.command);
  }

  private async run(command: string): Promise<void> {
    await this.stack.write({ "index.ts": withConnections(this.program, this.simulator) });
    const { code, stdout, stderr } = await this.command(command);
    this.said = stdout + stderr;
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${this.said}`);
  }

  private command(command: string): Promise<CommandResult> {
    const [program, ...words] = command.replace("::dns::", "::whm-test::").split(" ");
    if (program === "whm-dns")
      return runCommand(process.execPath, [join(root, "bin/whm-dns.js"), ...words], this.stack);
    const asks = /^pulumi (up|destroy|state move|stack rm)/.test(command) ? ["--yes"] : [];
    if (/--(stack|source)|stack (init|rm)/.test(command))
      return runCommand("pulumi", [...words, ...asks, "--non-interactive"], this.stack);
    return this.stack.run([...words, ...asks]);
  }
}

/** The servers of the page's program, without their connections. */
function serversOfThePage(): Record<string, { type: "cpanel" | "dnsonly"; address: string }> {
  const found = [...page.program.matchAll(/^ {2}(\w+): \{ type: "(cpanel|dnsonly)", address: "([\d.]+)"/gm)];
  const servers = found.map(
    ([, name, type, address]) => [name, { type: type as "cpanel" | "dnsonly", address: address! }] as const,
  );
  return Object.fromEntries(servers) as Record<string, { type: "cpanel" | "dnsonly"; address: string }>;
}

/** Puts the simulated servers in the place of those on the page. */
function withConnections(program: string, { servers }: Simulator): string {
  return program.replaceAll(
    /connection: \{ host: "([\w-]+)\.example\.com", \.\.\.ssh \}/g,
    (_, name: string) => `connection: ${JSON.stringify(servers[name]!.connection)}`,
  );
}

function held(each: HeldByServer): Record<string, HeldByServer> {
  return { web1: each, web2: each };
}

/** Names of the tokens on each server that the cluster has made. */
function clusterTokens(simulator: Simulator): Tokens {
  const named = Object.keys(simulator.servers).map((server): [string, string[]] => {
    const names = storedTokens(simulator, server).map(({ name }) => name);
    return [server, names.filter((name) => name.startsWith("prod-")).sort()];
  });
  return new Map(named);
}
