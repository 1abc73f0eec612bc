import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { stringify } from "yaml";
import type { Simulator } from "../../provider/simulator";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { gitopsFolder } from "./files";

/** Encrypts the secrets of the stack. */
export const passphrase = "correct horse battery staple";

const nodeModules = resolve(__dirname, "../../node_modules");
const standIns = join(__dirname, "stand-ins");

/** A Git repository made of gitops/repository, whose servers are simulated; the stack `production` is there and empty. */
export class MadeRepository {
  private constructor(
    /** Holds the repository, the state and Pulumi's home. */
    private readonly place: string,
    /** The work tree. */
    readonly folder: string,
    /** What the machine of a pipeline has in its environment: no secret, and the stand-ins first on PATH. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async create(simulator: Simulator): Promise<MadeRepository> {
    const place = await realpath(await mkdtemp(join(tmpdir(), "whm-gitops-")));
    const made = new MadeRepository(place, join(place, "repository"), environmentIn(place));
    await cp(join(gitopsFolder, "repository"), made.folder, { recursive: true });
    await Promise.all(["state", "home", "temp"].map((name) => mkdir(join(place, name))));
    await writeFile(join(made.folder, "connections.yaml"), stringify(connections(simulator)));
    await made.git("init", "--quiet", "--initial-branch=main");
    await made.initStack();
    await made.git("add", "--all");
    await made.commit("the repository of gitops/");
    return made;
  }

  /** The value of PULUMI_BACKEND_URL. */
  get backend(): string {
    return `file://${join(this.place, "state")}`;
  }

  /** A folder for what a run leaves behind. */
  get temporary(): string {
    return join(this.place, "temp");
  }

  /** Runs a command of Git; it has to succeed. */
  async git(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run("git", args);
    if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${code}:\n${stderr}`);
    return stdout.trim();
  }

  /** Commits what has changed in the files that are there already. */
  async commit(message: string): Promise<void> {
    await this.git("commit", "--quiet", "--all", "--message", message);
  }

  /** Changes cluster.yaml. */
  async change(change: (cluster: string) => string): Promise<void> {
    const file = join(this.folder, "cluster.yaml");
    await writeFile(file, change(await readFile(file, "utf8")));
  }

  /** Lets a shell run a script as the machine of a pipeline does. */
  async script(
    text: string,
    flags: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<CommandResult> {
    const file = join(this.temporary, "script.sh");
    await writeFile(file, text);
    return this.run("bash", [...flags, file], environment);
  }

  async remove(): Promise<void> {
    await rm(this.place, { recursive: true, force: true });
  }

  private run(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> {
    return runCommand(command, args, {
      folder: this.folder,
      environment: { ...this.environment, ...environment },
    });
  }

  private async initStack(): Promise<void> {
    const environment = { PULUMI_BACKEND_URL: this.backend, PULUMI_CONFIG_PASSPHRASE: passphrase };
    const { code, stderr } = await this.run(
      "pulumi",
      ["stack", "init", "production", "--non-interactive"],
      environment,
    );
    if (code !== 0) throw new Error(`pulumi stack init ended with ${code}:\n${stderr}`);
  }
}

/** Everything but the key. */
function connections({ servers }: Simulator): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(servers).map(([name, { connection }]) => {
      const { host, port, hostKey } = connection!;
      return [name, { host, port, hostKey }];
    }),
  );
}

function environmentIn(place: string): Readonly<Record<string, string>> {
  return {
    PATH: [standIns, process.env["PATH"]].join(delimiter),
    CI: "true",
    PULUMI_HOME: join(place, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    STAND_IN_NODE_MODULES: nodeModules,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "somebody",
    GIT_AUTHOR_EMAIL: "somebody@example.com",
    GIT_COMMITTER_NAME: "somebody",
    GIT_COMMITTER_EMAIL: "somebody@example.com",
  };
}
