import { randomBytes } from "node:crypto";
import { delimiter } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { run } from "../shared/run.mjs";

const name = "demo";

/** A stack driven by the real command-line program, with a state of its own. */
export class PulumiStack {
  #folder;
  #environment;

  constructor({ folder, home, engineFolder }) {
    this.#folder = folder;
    this.#environment = {
      PATH: `${engineFolder}${delimiter}${process.env.PATH}`,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // The only plugin that is needed lies beside the engine; @pulumi/command's would be fetched for nothing.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // `npm test` checks the types of the examples; checking them again at each of ten runs takes a second each.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
  }

  async create() {
    await this.#mustSucceed(["stack", "init", name]);
  }

  /** The value goes through standard input: an argument list can be read by every user of the machine. */
  async setSecret(key, value) {
    await this.#mustSucceed(["config", "set", "--secret", key, "--stack", name], value);
  }

  async setConfig(key, value) {
    await this.#mustSucceed(["config", "set", key, "--stack", name], value);
  }

  async removeConfig(key) {
    await this.#mustSucceed(["config", "rm", key, "--stack", name]);
  }

  /** One of preview, up, refresh, destroy; its end is the caller's to judge. */
  async operate(...words) {
    console.log(`   $ pulumi ${words.join(" ")}`);
    return this.#run([...words, "--stack", name, "--suppress-progress", "--suppress-outputs"]);
  }

  /** The value of an output. */
  async output(key) {
    const { stdout } = await this.#mustSucceed(["stack", "output", key, "--stack", name]);
    return stdout.trimEnd();
  }

  /** The URNs of the resources in the state. */
  async resources() {
    const { stdout } = await this.#mustSucceed(["stack", "export", "--stack", name]);
    return (JSON.parse(stdout).deployment.resources ?? []).map(({ urn }) => urn);
  }

  #run(args, input) {
    const options = { cwd: this.#folder, env: this.#environment, ...(input === undefined ? {} : { input }) };
    return run("pulumi", [...args, "--non-interactive", "--color", "never"], options);
  }

  async #mustSucceed(args, input) {
    const result = await this.#run(args, input);
    if (result.code === 0) return result;
    const what = `pulumi ${args.join(" ")} ended with ${result.code}.`;
    throw new Failure(
      what,
      result.stdout + result.stderr,
      "This is a fault of the demo or of the engine; please report it.",
    );
  }
}
