import { delimiter, join } from "node:path";
import { packedArchive } from "./archive";
import { sampleOf } from "../helpers/sample";
import { describeWhere, testWhere } from "../helpers/where";
import { Installed } from "./installed";
import { findInstallers } from "./installers";
import { Life } from "./life";
import { installations, type Installation, type Program } from "./plan";

const entries = join(__dirname, "entries.mjs");

/** Declares the tests of what one package manager installs: one program of one installation, or all of them. */
export function testsOf(manager: Installation["manager"]): void {
  const archive = packedArchive();
  const found = findInstallers();
  const own = installations.filter((each) => each.manager === manager);
  for (const installation of sampleOf(own, 1)) {
    const pnpm = installation.pnpm && found.pnpm[installation.pnpm];
    describeWhere(pnpm !== null)(
      `${manager} ${installation.pnpm ?? ""} and @pulumi/pulumi ${installation.sdk}`,
      () => {
        let installed: Installed;
        beforeAll(async () => {
          installed = await Installed.create(archive(), installation, pnpm ?? undefined);
        });
        afterAll(() => installed.remove());
        for (const program of sampleOf(installation.programs, 1)) {
          testProgram(program, found.node[program.node] ?? undefined, () => installed);
        }
      },
    );
  }
}

function testProgram(program: Program, nodeFolder: string | undefined, installed: () => Installed): void {
  const { node, modules, source, also } = program;
  const title = `[E] Node ${node}, ${modules}, ${source}${also ? `, ${also}` : ""}`;
  testWhere(nodeFolder !== undefined)(
    `${title}: both kinds of modules get the same entry points, and a cluster is created and destroyed`,
    async () => {
      const path = [nodeFolder, process.env["PATH"]].join(delimiter);
      const said = await installed().run(["node", entries], { environment: { PATH: path } });
      const names = JSON.parse(said) as Record<string, string[]>;
      expect(names["pulumi-whm"]).toEqual(
        expect.arrayContaining(["DnsCluster", "Provider", "validateTopology"]),
      );
      expect(names["pulumi-whm/runtime"]).toEqual(["provider"]);
      expect(names["pulumi-whm/simulator"]).toContain("startSimulator");
      const policies = installed().hasPolicies ? ["policies", "startPolicyPack"] : undefined;
      expect(names["pulumi-whm/policy"]).toEqual(policies);
      await (await Life.of(installed(), program, nodeFolder!)).live();
    },
  );
}
