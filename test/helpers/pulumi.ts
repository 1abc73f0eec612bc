import { mkdtemp, mkdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { runCommand, type CommandResult } from "./run-command";
import { writeStack } from "./stack-files";

const repository = resolve(__dirname, "..", "..");
const projectName = "whm-test";
const plainJavaScript = join(repository, "script/shared/plain-javascript.cjs");
const quickProvider = join(__dirname, "quick-provider.cjs");

/** The configuration of a stack. */
export interface Configuration {
  /** Configuration in clear, by full key such as `whm:servers`. */
  readonly config?: Readonly<Record<string, string>>;
  /** Configuration that is stored encrypted. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What a project is made of; everything but the program has a default. */
export interface ProjectOptions extends Configuration {
  /** The text of `index.js`; or files by name, among them `index.js` or `index.ts`; or a folder with a program. */
  readonly program: string | Readonly<Record<string, string>> | { readonly folder: string };
  /** Added to the environment of every run. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of the stack. @default "test" */
  readonly stack?: string;
}

/** One resource in an exported stack. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/**
 * A function that makes Pulumi projects; all of them are removed after each test. Every project has a state, a stack
 * and a Pulumi home of its own, so tests that run at the same time do not see each other.
 */
export function pulumiProjects(): (options: ProjectOptions) => Promise<PulumiProject> {
  const made: PulumiProject[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((project) => project.remove()));
  });
  return async (options) => {
    const project = await PulumiProject.create(options);
    made.push(project);
    return project;
  };
}

/** A Pulumi project in a temporary folder, driven by the real command-line program. */
export class PulumiProject {
  private constructor(
    /** Where `Pulumi.yaml` and the program are. */
    readonly folder: string,
    /** What every run finds in its environment: state, Pulumi home and passphrase of this project alone. */
    readonly environment: Readonly<Record<string, string>>,
    readonly stack: string,
  ) {}

  static async create(options: ProjectOptions): Promise<PulumiProject> {
    const home = await realpath(await mkdtemp(join(tmpdir(), "pulumi-whm-test-")));
    // Above the project: the engine looks for plugins in everything that lies in its folder, at every command.
    await symlink(join(repository, "node_modules"), join(home, "node_modules"));
    const folder = join(home, "project");
    await mkdir(folder);
    await writeProject(folder, options.program);
    const environment = {
      ...environmentIn(folder),
      NODE_OPTIONS: nodeOptions(options.program),
      ...options.environment,
    };
    const project = new PulumiProject(folder, environment, options.stack ?? "test");
    await project.prepare(options).catch(async (error: unknown) => {
      await project.remove();
      throw error;
    });
    return project;
  }

  /** The project in a folder that holds its `Pulumi.yaml`, its program and its packages already. */
  static async open(folder: string, environment: Readonly<Record<string, string>>): Promise<PulumiProject> {
    const project = new PulumiProject(folder, { ...environmentIn(folder), ...environment }, "test");
    await project.runOrThrow(["stack", "select", "--create"]);
    return project;
  }

  /** Another stack of the same program, which goes with the project. */
  async newStack(name: string, options: Configuration): Promise<PulumiProject> {
    const stack = new PulumiProject(this.folder, this.environment, name);
    await stack.prepare(options);
    return stack;
  }

  /** The same stack under another name. */
  async rename(name: string): Promise<PulumiProject> {
    await this.runOrThrow(["stack", "rename", name]);
    return new PulumiProject(this.folder, this.environment, name);
  }

  preview(...flags: string[]): Promise<CommandResult> {
    return this.run(["preview", ...flags]);
  }

  up(...flags: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", ...flags]);
  }

  refresh(...flags: string[]): Promise<CommandResult> {
    return this.run(["refresh", "--yes", ...flags]);
  }

  destroy(...flags: string[]): Promise<CommandResult> {
    return this.run(["destroy", "--yes", ...flags]);
  }

  /** The resources in the state; secrets stay encrypted unless `--show-secrets` is given. */
  async exportStack(...flags: string[]): Promise<readonly StateResource[]> {
    const { stdout } = await this.runOrThrow(["stack", "export", ...flags]);
    const exported = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
    return exported.deployment.resources ?? [];
  }

  /** The stack's outputs, secrets in clear. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.runOrThrow(["stack", "output", "--json", "--show-secrets"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async setConfig(key: string, value: string): Promise<void> {
    await this.runOrThrow(["config", "set", key], value);
  }

  async setSecret(key: string, value: string): Promise<void> {
    await this.runOrThrow(["config", "set", "--secret", key], value);
  }

  /** Writes files into the project's folder; the way to change the program between two runs. */
  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.folder, name), text);
  }

  /** Any other command; `input` goes to its standard input. */
  run(args: readonly string[], input?: string): Promise<CommandResult> {
    const flags = ["--non-interactive", "--color", "never"];
    const stack = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.stack];
    const options = {
      folder: this.folder,
      environment: this.environment,
      ...(input === undefined ? {} : { input }),
    };
    return runCommand("pulumi", [...args, ...stack, ...flags], options);
  }

  /** Deletes a project that was created, with its state; servers stay as they are. */
  async remove(): Promise<void> {
    await rm(dirname(this.folder), { recursive: true, force: true });
  }

  private async prepare({ config = {}, secrets = {} }: Configuration): Promise<void> {
    const { PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: passphrase } = this.environment;
    if (backend === `file://${this.folder}` && passphrase !== undefined)
      return writeStack(this.folder, {
        project: projectName,
        stack: this.stack,
        passphrase,
        config,
        secrets,
      });
    await this.runOrThrow(["stack", "init", this.stack]);
    for (const [key, value] of Object.entries(config)) await this.setConfig(key, value);
    for (const [key, value] of Object.entries(secrets)) await this.setSecret(key, value);
  }

  private async runOrThrow(args: readonly string[], input?: string): Promise<CommandResult> {
    const result = await this.run(args, input);
    if (result.code === 0) return result;
    throw new Error(`pulumi ${args.join(" ")} ended with ${result.code}:\n${result.stdout}${result.stderr}`);
  }
}

/** What Node loads before programs and providers: nothing of a run is spent on what no test needs. */
function nodeOptions(program: ProjectOptions["program"]): string {
  const isJavaScript = typeof program === "string" || "index.js" in program;
  const files = isJavaScript ? [quickProvider, plainJavaScript] : [quickProvider];
  return files.map((file) => `--require ${file}`).join(" ");
}

async function writeProject(folder: string, program: ProjectOptions["program"]): Promise<void> {
  const isFolder = typeof program === "object" && typeof program["folder"] === "string";
  const main = isFolder ? { main: program["folder"] } : {};
  // YAML reads JSON, and JSON needs no thought about quoting.
  await writeFile(
    join(folder, "Pulumi.yaml"),
    JSON.stringify({ name: projectName, runtime: "nodejs", ...main }),
  );
  await mkdir(join(folder, ".pulumi-home"));
  if (isFolder) return;
  const files = typeof program === "string" ? { "index.js": program } : (program as Record<string, string>);
  const description = JSON.stringify({ name: projectName, private: true });
  for (const [name, text] of Object.entries({ "package.json": description, ...files })) {
    await writeFile(join(folder, name), text);
  }
}

/** State, Pulumi home and passphrase in a folder of its own, for every run of the command line. */
export function environmentIn(folder: string): Readonly<Record<string, string>> {
  return {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_HOME: join(folder, ".pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Nothing is fetched behind a test's back: @pulumi/command's plugin, for one.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Types are checked once for all programs, not at every run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}
