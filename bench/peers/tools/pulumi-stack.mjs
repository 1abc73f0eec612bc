import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "../../../script/shared/paths.mjs";
import { runProgram } from "../run-program.mjs";

/** The programs are JavaScript: nothing has to be compiled at every run. */
const runtime = { name: "nodejs", options: { typescript: false } };

/** A program with a stack of its own, in the file backend. */
export class PulumiStack {
  static async make(folder, { program, config = {}, path = [] }) {
    const stack = new PulumiStack(folder, path);
    mkdirSync(join(folder, ".pulumi-home"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "bench", runtime }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "bench", private: true }));
    stack.write(program);
    await stack.run(["stack", "init", "bench"]);
    for (const [key, value] of Object.entries(config)) {
      await stack.run(["config", "set", "--secret", key, "--stack", "bench"], value);
    }
    return stack;
  }

  constructor(folder, path) {
    this.folder = folder;
    this.path = path;
  }

  write(program) {
    writeFileSync(join(this.folder, "index.js"), program);
  }

  /** Runs the engine on the stack. */
  pulumi(...words) {
    return this.run([...words, "--stack", "bench"]);
  }

  get stateBytes() {
    return statSync(join(this.folder, ".pulumi", "stacks", "bench", "bench.json")).size;
  }

  run(words, input) {
    const command = ["pulumi", ...words, "--non-interactive", "--color", "never"];
    const env = {
      PATH: [...this.path, process.env.PATH].join(delimiter),
      PULUMI_BACKEND_URL: `file://${this.folder}`,
      PULUMI_HOME: join(this.folder, ".pulumi-home"),
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    return runProgram({ folder: this.folder, command, env, ...(input !== undefined && { input }) });
  }
}
