import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../script/shared/paths.mjs";
import { runProgram } from "../run-program.mjs";

/** The programs are JavaScript: nothing has to be compiled at every run, and no compiler be loaded. */
const runtime = { name: "nodejs", options: { typescript: false } };
const plainJavaScript = `--require ${join(root, "script", "shared", "plain-javascript.cjs")}`;

/** What Pulumi's command line needs to keep stacks, and everything else, in a folder. */
export function stackEnvironment(folder) {
  return {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_HOME: join(folder, ".pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** A program with a stack of its own, in the file backend. */
export class PulumiStack {
  /** @param {{ program: string, environment?: object }} options more of the engine's environment */
  static async make(folder, { program, environment = {} }) {
    const stack = new PulumiStack(folder, environment);
    mkdirSync(join(folder, ".pulumi-home"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "bench", runtime }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bench", private: true }));
    stack.write(program);
    await stack.run(["stack", "init", "bench"]);
    return stack;
  }

  constructor(folder, environment) {
    this.folder = folder;
    this.environment = environment;
  }

  write(program) {
    writeFileSync(join(this.folder, "index.js"), program);
  }

  /** Runs the engine on the stack. */
  pulumi(...words) {
    return this.run([...words, "--stack", "bench"]);
  }

  /**
   * The operations of a tool that runs on the engine.
   *
   * @param {(changed?: string) => string} programFor the program, with another role on one server
   */
  actions(programFor) {
    const apply = () => this.pulumi("up", "--yes", "--skip-preview");
    return {
      apply,
      noop: () => this.pulumi("preview", "--expect-no-changes"),
      audit: () => this.pulumi("refresh", "--preview-only", "--expect-no-changes"),
      change: (server) => {
        this.write(programFor(server));
        return apply();
      },
      destroy: () => this.pulumi("destroy", "--yes", "--skip-preview"),
      stateBytes: () => this.stateBytes,
    };
  }

  get stateBytes() {
    return statSync(join(this.folder, ".pulumi", "stacks", "bench", "bench.json")).size;
  }

  run(words) {
    const command = ["pulumi", ...words, "--non-interactive", "--color", "never"];
    const env = {
      ...stackEnvironment(this.folder),
      NODE_OPTIONS: plainJavaScript,
      ...this.environment,
    };
    return runProgram({ folder: this.folder, command, env });
  }
}
