import { setTimeout as pause } from "node:timers/promises";
import {
  startSimulator,
  type JournalEntry,
  type Simulator,
  type SimulatorOptions,
} from "../../provider/simulator";
import { clusterProgram } from "../helpers/cluster-program";
import { processesOf, signalEngineOf } from "../helpers/kill-processes";
import { everyFile, renew, webAndNameserver } from "../helpers/managed-servers";
import { differences } from "../helpers/picture";
import { pulumiProjects, type PulumiProject } from "../helpers/pulumi";
import { sampleOf } from "../helpers/sample";
import { sampledSteps } from "../helpers/sampled-steps";
import { allFiles, memberFile, ns1Entry, writes } from "../helpers/server-files";
import { onLinux } from "../helpers/where";

jest.setTimeout(300_000);
const newProject = pulumiProjects();
// Processes are found through /proc.

/** The shell that the engine starts, and Node in it. */
const provider = "dynamic-provider";
const shell = "pulumi-resource-pulumi-nodejs";

/** Milliseconds: much longer than the six seconds of a quiet machine. What has not noticed stays for ever. */
const soon = 20_000;

/** Waits until a project has no such process any more; whether that was soon. */
async function endsSoon(project: PulumiProject, command: string): Promise<boolean> {
  const end = performance.now() + soon;
  while (processesOf(project, command).length > 0) {
    if (performance.now() > end) return false;
    await pause(50);
  }
  return true;
}

describe("an engine", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ servers: webAndNameserver });
  });
  afterEach(() => simulator.stop());

  const newStack = () =>
    newProject({
      program: clusterProgram(),
      secrets: { "whm:servers": JSON.stringify(simulator.servers) },
    });
  const atFirst = (isMeant: (entry: JournalEntry) => boolean, act: () => void) => {
    const end = simulator.watch((entry) => {
      if (!isMeant(entry)) return;
      end();
      act();
    });
  };

  onLinux("[E] stops its provider when it is killed, after the write that is under way", async () => {
    const stack = await newStack();
    simulator.fault("web1", "slow", { ms: 100, door: "sftp" });
    const isMember = ({ write, target }: JournalEntry) => write && target.startsWith(memberFile(""));
    atFirst(isMember, () => {
      expect(processesOf(stack, provider)).not.toEqual([]);
      signalEngineOf(stack, "SIGKILL");
    });
    expect((await stack.up("--skip-preview")).code).not.toBe(0);
    expect(await endsSoon(stack, provider)).toBe(true);
    expect(await endsSoon(stack, shell)).toBe(true);

    const files = simulator.files("web1");
    expect(files.list(memberFile("")).sort()).toEqual([ns1Entry.file, ns1Entry.role]);
    expect(files.read(ns1Entry.file)).toMatch(/^#version 2.0\n[^]*\nmodule=cPanel\ndebug=0\n$/);
    expect(files.read(ns1Entry.role)).toBe("sync");
    const ofTheRegister = "/var/cpanel/.pulumi-whm/";
    const unfinished = files
      .list("/")
      .filter((path) => path.replace(ofTheRegister, "").includes("pulumi-whm"));
    expect(unfinished).toEqual([]);
  });

  onLinux("[E] can be paused for three seconds while its provider waits", async () => {
    const stack = await newStack();
    const paused = new Promise<number[]>((resolve) =>
      atFirst(
        ({ operation }) => operation === "api_token_create",
        () => {
          signalEngineOf(stack, "SIGSTOP");
          void pause(3_000).then(() => {
            resolve(processesOf(stack, provider));
            signalEngineOf(stack, "SIGCONT");
          });
        },
      ),
    );
    const up = stack.up("--skip-preview");
    expect(await paused).not.toEqual([]);
    expect(await up).toMatchObject({ code: 0 });
    expect(simulator.members("web1")).toHaveLength(1);
  });
});

const webServers = ["web1", "web2", "web3", "web4", "web5"].map((name) => [name, { type: "cpanel" }]);
const nameservers = ["ns1", "ns2"].map((name) => [name, { type: "dnsonly" }]);
const servers = Object.fromEntries([...webServers, ...nameservers]) as SimulatorOptions["servers"];

/** Five web servers linked to two nameservers, and the stack that is killed over and over. */
class KilledRuns {
  private readonly fresh: Record<string, Record<string, string>>;
  private readonly before: Record<string, Record<string, string>>;

  constructor(
    private readonly simulator: Simulator,
    private readonly stack: PulumiProject,
  ) {
    this.fresh = everyFile(simulator);
    this.before = allFiles(simulator);
  }

  /** How many writes an `up` takes that nobody kills; its `destroy` leaves nothing. */
  async countWrites(): Promise<number> {
    this.simulator.clearJournal();
    expect(await this.stack.up("--skip-preview")).toMatchObject({ code: 0 });
    const many = writes(this.simulator).length;
    expect(await this.stack.destroy("--skip-preview")).toMatchObject({ code: 0 });
    expect(this.leftovers()).toEqual([]);
    return many;
  }

  /** What is not as it should be after a run whose engine was killed at a write, one that went well, and its end. */
  async problemsAfter(step: number): Promise<string[]> {
    renew(this.simulator, this.fresh);
    await this.killedUp(step);
    const hasEnded = await endsSoon(this.stack, provider);
    const runs = [["cancel", "--yes"], up, ["destroy", "--yes", "--skip-preview"]];
    const failures: string[] = [];
    for (const args of runs) {
      const { code, stdout, stderr } = await this.stack.run(args);
      if (code !== 0) failures.push(`${args[0]} ended with ${code}: ${errorsIn(stdout + stderr)}`);
    }
    const late = hasEnded ? [] : ["the provider has not ended"];
    return [...late, ...failures, ...this.leftovers()].map((problem) => `write ${step}: ${problem}`);
  }

  private async killedUp(step: number): Promise<void> {
    let written = 0;
    const end = this.simulator.watch(({ write }) => {
      if (write && (written += 1) === step) signalEngineOf(this.stack, "SIGKILL");
    });
    await this.stack.run(up);
    end();
  }

  private leftovers(): string[] {
    return differences(this.before, allFiles(this.simulator));
  }
}

const up = ["up", "--yes", "--skip-preview"];

function errorsIn(printed: string): string {
  return (printed.match(/^\s+error: .*$/gm) ?? [printed]).join("\n");
}

describe("an up of five web servers and two nameservers with a killed engine", () => {
  onLinux.each(
    sampleOf<[title: string, environment: Record<string, string>]>(
      [
        ["with checkpoints", {}],
        ["without checkpoints", { PULUMI_SKIP_CHECKPOINTS: "true" }],
      ],
      1,
    ),
  )(
    "[E] leaves nothing behind after the next up and a destroy, %s",
    async (title, environment) => {
      const simulator = await startSimulator({ servers });
      try {
        const secrets = { "whm:servers": JSON.stringify(simulator.servers) };
        const stack = await newProject({ program: clusterProgram(), secrets, environment });
        const runs = new KilledRuns(simulator, stack);
        const problems: string[] = [];
        for (const step of sampledSteps(title, await runs.countWrites(), 1))
          problems.push(...(await runs.problemsAfter(step)));
        expect(problems).toEqual([]);
      } finally {
        await simulator.stop();
      }
    },
    3 * 3_600_000,
  );
});
