import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { parseTopology } from "../../provider/schema";
import type { Simulator } from "../../provider/simulator";
import { startFromTopology } from "../../provider/simulator/from-topology";
import { environmentIn } from "../helpers/pulumi";
import { ExampleStack, succeeded } from "./example-stack";
import { mistakeIn, type Edit } from "./readme";

const repository = resolve(__dirname, "..", "..");

/** A function that opens examples; their copies and simulated servers are gone after each test. */
export function examples(): typeof Example.open {
  const opened: Example[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((example) => example.close()));
  });
  return async (name, plugins) => {
    const example = await Example.open(name, plugins);
    opened.push(example);
    return example;
  };
}

/** A copy of an example in a temporary folder, run as it stands: what a run leaves behind stays out of the work tree. */
export class Example {
  private readonly simulators: Simulator[] = [];

  private constructor(
    private readonly home: string,
    /** Where it lies. */
    readonly folder: string,
    readonly readme: string,
    /** What every command finds in its environment. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param plugins folders with plugins of the engine that the example needs */
  static async open(this: void, name: string, plugins: readonly string[] = []): Promise<Example> {
    const home = await realpath(await mkdtemp(join(tmpdir(), "pulumi-whm-example-")));
    const folder = join(home, "examples", name);
    await cp(join(repository, "examples", name), folder, { recursive: true });
    await symlink(join(repository, "node_modules"), join(home, "node_modules"));
    await mkdir(join(home, ".pulumi-home"));
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const path = [...plugins, process.env["PATH"]].join(delimiter);
    return new Example(home, folder, readme, { ...environmentIn(home), PATH: path });
  }

  /** Starts the servers of a topology file of the example. */
  async simulate(file = "cluster.yaml"): Promise<Simulator> {
    const text = readFileSync(join(this.folder, file), "utf8");
    const simulator = await startFromTopology(parseTopology(parse(text)).servers);
    this.simulators.push(simulator);
    return simulator;
  }

  /** Makes a stack of the example's project, or of one of its projects, with these servers in its configuration. */
  async stack(name: string, servers: Simulator["servers"], project = "."): Promise<ExampleStack> {
    const stack = new ExampleStack(join(this.folder, project), name, this.environment);
    succeeded(await stack.run(["stack", "init"]));
    succeeded(await stack.run(["config", "set", "--secret", "whm:servers"], JSON.stringify(servers)));
    return stack;
  }

  /** Makes the mistake that the README suggests for a file. */
  makeMistake(): void {
    this.edit(this.mistake());
  }

  /** Takes it back. */
  correctMistake(): void {
    const { file, before, after } = this.mistake();
    this.edit({ file, before: after, after: before });
  }

  async close(): Promise<void> {
    await Promise.all(this.simulators.map((simulator) => simulator.stop()));
    await rm(this.home, { recursive: true, force: true });
  }

  private mistake(): Edit {
    const mistake = mistakeIn(this.readme);
    if (!mistake) throw new Error("The README suggests no change of a file");
    return mistake;
  }

  private edit({ file, before, after }: Edit): void {
    const text = readFileSync(join(this.folder, file), "utf8");
    if (!text.includes(before)) throw new Error(`${file} does not hold ${before}`);
    writeFileSync(
      join(this.folder, file),
      text.replace(before, () => after),
    );
  }
}
