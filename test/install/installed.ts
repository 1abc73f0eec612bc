import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand, type CommandOptions } from "../helpers/run-command";
import type { Installation, Program } from "./plan";
import { programDescription, programFiles } from "./program";

/** What docs/getting-started.md has installed for programs in TypeScript. */
const forTypeScript = ["typescript@5.9", "ts-node@10", "@types/node@20"];

/** What docs/policy-pack.md has installed for the policy pack. */
const forPolicies = ["@pulumi/policy@1.21"];

/** A folder outside of every work tree into which the package was installed from its archive. */
export class Installed {
  private constructor(
    readonly folder: string,
    /** Whether `@pulumi/policy` is beside the package. */
    readonly hasPolicies: boolean,
  ) {}

  /** @param pnpm the words that start pnpm, where it is the manager */
  static async create(
    archive: string,
    installation: Installation,
    pnpm?: readonly string[],
  ): Promise<Installed> {
    const hasPolicies = installation.programs.some(({ also }) => also === "policy pack");
    const folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-whm-installed-")));
    const made = new Installed(folder, hasPolicies);
    await made.write({ "package.json": JSON.stringify({ name: "dns", private: true }) });
    const optional = hasPolicies ? forPolicies : [];
    const packages = [archive, `@pulumi/pulumi@${installation.sdk}`, ...forTypeScript, ...optional];
    const flags = ["--ignore-scripts", "--prefer-offline"];
    const words = pnpm
      ? [...pnpm, "add", ...flags, "--reporter", "append-only"]
      : ["npm", "install", ...flags, "--no-audit", "--no-fund"];
    await made.run([...words, ...packages]);
    return made;
  }

  /** Puts a program in the place of the one before; what is installed stays. */
  async hold(program: Program): Promise<void> {
    for (const name of ["dist", "index.ts", "tsconfig.json"]) await this.removeFile(name);
    const description = JSON.parse(await readFile(join(this.folder, "package.json"), "utf8")) as object;
    await this.write({
      ...programFiles(program),
      "package.json": JSON.stringify({ ...description, ...programDescription(program) }),
    });
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, name)), { recursive: true });
      await writeFile(join(this.folder, name), text);
    }
  }

  /** Runs a command in the folder and returns what it says; one that fails is an error. */
  async run([command = "", ...args]: readonly string[], options: CommandOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await runCommand(command, args, { folder: this.folder, ...options });
    if (code === 0) return stdout;
    throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private removeFile(name: string): Promise<void> {
    return rm(join(this.folder, name), { recursive: true, force: true });
  }
}
