import { runCommand, type CommandResult } from "../helpers/run-command";

/** A stack of an example, driven by the real command line in the folder of its project. */
export class ExampleStack {
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** What a pipeline runs: no preview comes before it. */
  up(...flags: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", "--skip-preview", ...flags]);
  }

  preview(...flags: string[]): Promise<CommandResult> {
    return this.run(["preview", ...flags]);
  }

  destroy(): Promise<CommandResult> {
    return this.run(["destroy", "--yes", "--skip-preview"]);
  }

  /** Any other command; `input` goes to its standard input. */
  run(words: readonly string[], input?: string): Promise<CommandResult> {
    const flags = ["--stack", this.name, "--non-interactive", "--color", "never"];
    const { folder, environment } = this;
    return runCommand("pulumi", [...words, ...flags], {
      folder,
      environment,
      ...(input !== undefined && { input }),
    });
  }
}

/** Fails with everything that was said when a command did not succeed. */
export function succeeded(result: CommandResult): CommandResult {
  if (result.code === 0) return result;
  throw new Error(`The command ended with ${result.code}:\n${result.stdout}${result.stderr}`);
}
