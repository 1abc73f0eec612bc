import { dirname } from "node:path";
import { AdoptedCluster } from "../../helpers/adopted-cluster";
import { runCommand, type CommandResult } from "../../helpers/run-command";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import type { AdoptionCase, Reach } from "./adoption-case";
import { Desk } from "./desk";

/** A cluster that is adopted with the commands of docs/adopting.md. Each command is looked at from outside. */
export class Adoption {
  private constructor(
    readonly testbed: Testbed,
    readonly cluster: AdoptedCluster,
    private readonly desk: Desk,
    private readonly reach: Reach,
  ) {}

  static async of({ options, make, reach, hasAgent = false }: AdoptionCase): Promise<Adoption> {
    const testbed = await startTestbed(options);
    make(testbed);
    const desk = new Desk(testbed, hasAgent);
    const cluster = await AdoptedCluster.in({ servers: {} }, desk.environment);
    return new Adoption(testbed, cluster, desk, await reach(desk, testbed, cluster));
  }

  /** Brings the cluster into the stack `dev`. */
  adopt(): Promise<CommandResult> {
    const { flags, input = "" } = this.reach;
    const words = ["adopt", ...flags, "--out", "dns", "--stack", "dev"];
    return this.politely(() => this.cluster.whmDnsWith(input, ...words));
  }

  preview(...flags: string[]): Promise<CommandResult> {
    return this.politely(() => this.cluster.pulumi("preview", "--expect-no-changes", ...flags));
  }

  async leave(): Promise<void> {
    await this.cluster.remove();
    this.desk.leave();
    await this.testbed.stop();
  }

  /** Runs a command, which must open one connection to a server at most and leave everything as it was. */
  private async politely(command: () => Promise<CommandResult>): Promise<CommandResult> {
    const { sshd } = this.testbed;
    const [standing, before] = [await this.everything(), sshd.connections()];
    const result = await command();
    const opened = this.byServer((address) => (sshd.connections()[address] ?? 0) - (before[address] ?? 0));
    const allowed = this.byServer(() => 1);
    const more = Object.entries({ ...allowed, ...this.reach.connections });
    expect(more.filter(([name, most]) => opened[name]! > most).map(([name]) => name)).toEqual([]);
    expect(this.testbed.journal().filter(({ write }) => write)).toEqual([]);
    expect(await this.everything()).toEqual(standing);
    return result;
  }

  /** Sums up what concerns each address of a server. */
  private byServer(count: (address: string) => number): Record<string, number> {
    const sums = Object.entries(this.testbed.servers).map(([name, { address, publicAddress }]) => [
      name,
      count(address!) + (publicAddress === undefined ? 0 : count(publicAddress)),
    ]);
    return Object.fromEntries(sums) as Record<string, number>;
  }

  /**
   * Whatever lies on the servers, with inode and time of the last change: a file that was replaced by an equal one
   * differs, and so does a folder in which a file came and went.
   */
  private async everything(): Promise<string[]> {
    const trees = dirname(this.testbed.folderOf(Object.keys(this.testbed.servers)[0]!));
    const words = [trees, "-xdev", "-printf", "%y %P %m %U:%G %i %s %C@\n"];
    const { code, stdout, stderr } = await runCommand("find", words);
    if (code !== 0) throw new Error(`find ended with ${code}: ${stderr}`);
    return stdout.trim().split("\n").sort();
  }
}
