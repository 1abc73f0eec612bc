import { delimiter, join } from "node:path";
import { startSimulator, type Simulator } from "../../provider/simulator";
import { PulumiProject } from "../helpers/pulumi";
import { allFiles, ns1Entry, writes } from "../helpers/server-files";
import type { Installed } from "./installed";
import type { Program } from "./plan";
import { clusterFile } from "./program";
import { withInstalledSimulator } from "./installed-simulator";

const links = [{ from: "web1", to: "ns1", role: "sync" }];
const rejectedLinks = [...links, { from: "ns1", to: "web1", role: "sync" }];

/** A program in its folder, run by the Node that is first on PATH. */
export class Life {
  private constructor(
    private readonly installed: Installed,
    private readonly program: Program,
    private readonly path: string,
    private readonly project: PulumiProject,
  ) {}

  static async of(installed: Installed, program: Program, nodeFolder: string): Promise<Life> {
    await installed.hold(program);
    const path = [nodeFolder, process.env["PATH"]].join(delimiter);
    // ts-node checks types, as it does for whoever sets nothing.
    const environment = { PATH: path, PULUMI_NODEJS_TRANSPILE_ONLY: "false" };
    return new Life(installed, program, path, await PulumiProject.open(installed.folder, environment));
  }

  /** From nothing to nothing. */
  async live(): Promise<void> {
    if (this.program.also === "simulator of the installed package") {
      await withInstalledSimulator(this.installed, this.path, (servers) => this.upAndDown(servers));
      return;
    }
    const simulator = await startSimulator({
      servers: { web1: { type: "cpanel" }, ns1: { type: "dnsonly" } },
    });
    try {
      await this.liveOn(simulator);
    } finally {
      await simulator.stop();
    }
  }

  private async liveOn(simulator: Simulator): Promise<void> {
    if (this.program.also === "rejected topology") {
      await this.beRejected(simulator.servers);
      expect(writes(simulator)).toEqual([]);
    }
    const before = allFiles(simulator);
    await this.upAndDown(simulator.servers, async () => {
      expect(allFiles(simulator)).not.toEqual(before);
      if (this.program.also === "drift") await this.mendDrift(simulator);
    });
    expect(allFiles(simulator)).toEqual(before);
  }

  private async mendDrift(simulator: Simulator): Promise<void> {
    simulator.files("web1").write(ns1Entry.role, "standalone");
    expect(await this.project.run(["refresh", "--preview-only", "--expect-no-changes"])).toMatchObject({
      code: 7,
    });
    expect(await this.project.up("--skip-preview", "--refresh")).toMatchObject({ code: 0 });
    expect(simulator.files("web1").read(ns1Entry.role)).toBe("sync");
  }

  private async beRejected(servers: Simulator["servers"]): Promise<void> {
    await this.declare({ servers, links: rejectedLinks });
    const { code, stdout, stderr } = await this.project.up("--skip-preview");
    expect(stdout + stderr).toContain("[sync-back]");
    expect(code).not.toBe(0);
  }

  private async upAndDown(
    servers: Simulator["servers"],
    whenUp: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.declare({ servers, links });
    expect(await this.project.up("--skip-preview")).toMatchObject({ code: 0 });
    await whenUp();
    const node = expect.stringMatching(new RegExp(`^${this.program.node}\\.`)) as string;
    expect(await this.project.outputs()).toEqual({ shape: "direct", node });
    expect(await this.project.preview("--expect-no-changes", ...this.policies())).toMatchObject({ code: 0 });
    expect(await this.project.destroy("--skip-preview")).toMatchObject({ code: 0 });
  }

  private declare(cluster: object): Promise<void> {
    return this.installed.write({ [clusterFile]: JSON.stringify(cluster) });
  }

  private policies(): string[] {
    const pack = join("node_modules", "pulumi-whm", "policy-pack");
    return this.program.also === "policy pack" ? ["--policy-pack", pack] : [];
  }
}
