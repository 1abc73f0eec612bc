import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { managedTestbed } from "../../helpers/managed-testbed";
import { ProviderProcess, type CreatedResource } from "../../helpers/provider-process";
import { shellAppending } from "./strangers";

const managed = managedTestbed();
const list = () => managed.place("/etc/ips.remotedns");
const register = () => managed.place("/var/cpanel/.pulumi-whm");
const lines = () => readFileSync(list(), "latin1").split("\n");
const entries = () => (existsSync(register()) ? readdirSync(register()) : []);
/** Claims on an address, whoever's. */
const claimsOn = (address: string) => entries().filter((name) => name.startsWith(`line.${address}.`));
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}.${index + 1}`);

/** Every stack needs these. */
const shared = numbered("203.0.113", 2);
const stacks = 8;

/** The trusted addresses of a stack, and the process that works on them: it can be killed, and the engine runs again. */
class StackRun {
  readonly made = new Map<string, CreatedResource>();
  readonly addresses: string[];
  private provider: ProviderProcess | undefined;

  constructor(private readonly number: number) {
    this.addresses = [...numbered(`198.18.${number}`, 4), ...shared];
  }

  /** Makes everything; some of the work is killed as soon as the claim is there. */
  async up(isKilled: (index: number) => boolean = () => false): Promise<void> {
    for (const [index, address] of this.addresses.entries()) {
      if (isKilled(index)) await this.killedIn(this.create(address), 20, () => this.hasClaimed(address));
      this.made.set(address, await this.create(address));
    }
  }

  /** Deletes some, a few of them only at the second try. */
  async down(isLeaving: (index: number) => boolean, isKilled: (index: number) => boolean): Promise<void> {
    for (const [index, address] of this.addresses.entries()) {
      const made = this.made.get(address);
      if (!made || !isLeaving(index)) continue;
      const remove = async () => (await this.process()).delete(made);
      if (isKilled(index)) await this.killedIn(remove(), 500);
      await remove();
      this.made.delete(address);
    }
  }

  /** Addresses of which a refresh finds no line, or one without a claim. */
  async drifted(): Promise<string[]> {
    const found = await Promise.all(
      [...this.made].map(async ([address, made]) => {
        const read = await (await this.process()).read(made);
        return read && !("unclaimed" in read.properties) ? [] : [address];
      }),
    );
    return found.flat();
  }

  async end(): Promise<void> {
    await this.provider?.stop();
  }

  private hasClaimed(address: string): boolean {
    return claimsOn(address).length > 0;
  }

  private async create(address: string): Promise<CreatedResource> {
    const logicalName = `organization/project/stack-${this.number}/${address}`;
    return (await this.process()).create("TrustedRemoteIp", { server: "web1", address, logicalName });
  }

  private async process(): Promise<ProviderProcess> {
    return (this.provider ??= await ProviderProcess.start({
      "whm:servers": JSON.stringify(managed.testbed.servers),
    }));
  }

  /** Kills the process when its work has come so far, or some milliseconds later. */
  private async killedIn(work: Promise<unknown>, within: number, isSoFar = () => true): Promise<void> {
    let isOver = false;
    const end = work.catch(() => undefined).finally(() => (isOver = true));
    while (!isOver && !isSoFar()) await pause(1);
    await pause(Math.random() * within);
    await this.provider?.stop();
    this.provider = undefined;
    await end;
  }
}

describe("eight stacks, some of them killed, that write the trusted addresses of one server", () => {
  const all = () => true;
  const none = () => false;
  const every = (count: number, rest: number) => (index: number) => index % count === rest;
  let runs: StackRun[] = [];
  beforeEach(() => {
    runs = Array.from({ length: stacks }, (_, number) => new StackRun(number));
  });
  afterEach(() => Promise.all(runs.map((run) => run.end())));

  const work = async (run: StackRun): Promise<void> => {
    await run.up(every(4, 1));
    await run.down(every(2, 0), every(4, 2));
    await run.up();
    await run.down(every(3, 0), none);
  };

  /** What stands there of ours, against what the stacks have. */
  const expectOursToStand = () => {
    const wanted = new Set(runs.flatMap((run) => [...run.made.keys()]));
    const ours = new Set(runs.flatMap(({ addresses }) => addresses));
    const found = lines();
    for (const address of ours) {
      const count = found.filter((line) => line === address).length;
      expect([address, count > 0, claimsOn(address).length > 0]).toEqual([
        address,
        wanted.has(address),
        wanted.has(address),
      ]);
    }
  };

  const expectNothingOfOurs = () => {
    expect(entries()).toEqual([]);
    expect(readdirSync(managed.place("/etc")).filter((name) => name.includes("pulumi"))).toEqual([]);
  };

  test("[I] lose no line, also of four programs that append meanwhile, and leave nothing else behind", async () => {
    writeFileSync(list(), "# first\n");
    const theirs = ["10.1.1", "10.1.2", "10.1.3", "10.1.4"].map((prefix) => numbered(prefix, 500));
    const strangers = theirs.map((each) => shellAppending(list(), each, 0.05));
    await Promise.all([...runs.map(work), ...strangers]);
    expectOursToStand();
    expect((await Promise.all(runs.map((run) => run.drifted()))).flat()).toEqual([]);
    await Promise.all(runs.map((run) => run.down(all, none)));
    expect(lines().sort()).toEqual(["# first", "", ...theirs.flat()].sort());
    expectNothingOfOurs();
  }, 600_000);

  test("[I] remove the file with the last line if they created it", async () => {
    await Promise.all(runs.map(work));
    expectOursToStand();
    await Promise.all(runs.map((run) => run.down(all, none)));
    expect(existsSync(list())).toBe(false);
    expectNothingOfOurs();
  }, 600_000);
});
