import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Servers } from "../../provider/schema/server";
import { environmentIn } from "./pulumi";
import { runCommand, type CommandResult } from "./run-command";

const repository = resolve(__dirname, "..", "..");

/** A simulator or a testbed. */
interface World {
  readonly servers: Servers;
}

/** A folder in which `whm-dns adopt` is run, and the program that it writes. */
export class AdoptedCluster {
  private constructor(
    /** Where the commands are run. */
    readonly home: string,
    /** Where the program is written. */
    readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Makes an empty folder, with a state of its own and the connections of servers beside it. */
  static async in(
    { servers }: World,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<AdoptedCluster> {
    const home = await realpath(await mkdtemp(join(tmpdir(), "whm-adopt-")));
    await symlink(join(repository, "node_modules"), join(home, "node_modules"));
    await writeFile(join(home, "servers.json"), JSON.stringify(servers), { mode: 0o600 });
    return new AdoptedCluster(home, join(home, "dns"), { ...environmentIn(home), ...environment });
  }

  /** Runs `whm-dns adopt` with the connections beside the folder. */
  adopt(...flags: string[]): Promise<CommandResult> {
    const connections = ["--connections", join(this.home, "servers.json")];
    return this.whmDns("adopt", ...connections, "--out", this.folder, ...flags);
  }

  /**
   * Runs `whm-dns adopt --stack dev` and breaks it off at a call of Pulumi's command line.
   *
   * @param call its first two words, such as "stack init"; it is made if it ends `after`, and not made if it ends `before`
   */
  async brokenOff(call: string, when: "before" | "after"): Promise<CommandResult> {
    const real = (await runCommand("sh", ["-c", "command -v pulumi"])).stdout.trim();
    const lines = [
      "#!/bin/sh",
      `[ "$1 $2" = "${call}" ] || exec "${real}" "$@"`,
      ...(when === "after" ? [`"${real}" "$@" > /dev/null`] : []),
      "kill -9 $PPID",
    ];
    const path = join(this.home, "bin");
    await mkdir(path);
    await writeFile(join(path, "pulumi"), `${lines.join("\n")}\n`, { mode: 0o755 });
    const connections = ["--connections", join(this.home, "servers.json")];
    const args = ["adopt", ...connections, "--out", this.folder, "--stack", "dev"];
    return runCommand(process.execPath, [join(repository, "bin/whm-dns.js"), ...args], {
      folder: this.home,
      environment: { ...this.environment, PATH: `${path}:${process.env["PATH"]}` },
    });
  }

  /** Runs any command of `whm-dns`. */
  whmDns(...args: string[]): Promise<CommandResult> {
    return this.whmDnsWith("", ...args);
  }

  /** Runs any command of `whm-dns` with a standard input. */
  whmDnsWith(input: string, ...args: string[]): Promise<CommandResult> {
    const command = join(repository, "bin/whm-dns.js");
    return runCommand(process.execPath, [command, ...args], {
      folder: this.home,
      environment: this.environment,
      input,
    });
  }

  /** Runs Pulumi on the stack `dev` in the folder. */
  pulumi(...args: string[]): Promise<CommandResult> {
    const flags = ["--stack", "dev", "--non-interactive", "--color", "never"];
    return runCommand("pulumi", [...args, ...flags], { folder: this.folder, environment: this.environment });
  }

  /** Stores how to reach the servers in the stack's configuration. */
  async setServers({ servers }: World): Promise<void> {
    const args = ["config", "set", "--secret", "whm:servers", "--stack", "dev"];
    const input = JSON.stringify(servers);
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
