import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Simulator } from "../../provider/simulator";
import { environmentIn } from "./pulumi";
import { runCommand, type CommandResult } from "./run-command";

const repository = resolve(__dirname, "..", "..");

/** A folder in which `whm-dns adopt` is run, and the program that it writes. */
export class AdoptedCluster {
  private constructor(
    private readonly home: string,
    /** Where the program is written. */
    readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Makes an empty folder, with a state of its own and the connections of simulated servers beside it. */
  static async in(simulator: Simulator): Promise<AdoptedCluster> {
    const home = await realpath(await mkdtemp(join(tmpdir(), "whm-adopt-")));
    await symlink(join(repository, "node_modules"), join(home, "node_modules"));
    await writeFile(join(home, "servers.json"), JSON.stringify(simulator.servers), { mode: 0o600 });
    return new AdoptedCluster(home, join(home, "dns"), environmentIn(home));
  }

  /** Runs `whm-dns adopt` with the connections beside the folder. */
  adopt(...flags: string[]): Promise<CommandResult> {
    const connections = ["--connections", join(this.home, "servers.json")];
    return this.whmDns("adopt", ...connections, "--out", this.folder, ...flags);
  }

  /** Runs any command of `whm-dns`. */
  whmDns(...args: string[]): Promise<CommandResult> {
    const command = join(repository, "bin/whm-dns.js");
    return runCommand(process.execPath, [command, ...args], {
      folder: this.home,
      environment: this.environment,
    });
  }

  /** Runs Pulumi on the stack `dev` in the folder. */
  pulumi(...args: string[]): Promise<CommandResult> {
    const flags = ["--stack", "dev", "--non-interactive", "--color", "never"];
    return runCommand("pulumi", [...args, ...flags], { folder: this.folder, environment: this.environment });
  }

  /** Stores how to reach the servers in the stack's configuration. */
  async setServers(simulator: Simulator): Promise<void> {
    const args = ["config", "set", "--secret", "whm:servers", "--stack", "dev"];
    const input = JSON.stringify(simulator.servers);
    await runCommand("pulumi", args, { folder: this.folder, environment: this.environment, input });
  }

  /** Returns a file of the folder. */
  text(name: string): Promise<string> {
    return readFile(join(this.folder, name), "utf8");
  }

  /** Changes a file of the folder. */
  async edit(name: string, from: string | RegExp, to: string): Promise<void> {
    await writeFile(join(this.folder, name), (await this.text(name)).replace(from, to));
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}
