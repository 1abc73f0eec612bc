import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The files that Node loads for a program that names the package and nothing else. */
function loadedFor(program: string): string[] {
  const script = `${program}; console.log(JSON.stringify(Object.keys(require.cache)))`;
  const root = join(__dirname, "../..");
  return JSON.parse(
    execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }),
  ) as string[];
}

describe("loading the package", () => {
  test("[I] does not load the Automation API or npm's own packages, which would slow every run", () => {
    const slow = loadedFor(`require("pulumi-whm")`).filter((file) =>
      /pulumi\/automation|npmcli|typescript|undici|ssh2/.test(file),
    );
    expect(slow).toEqual([]);
  });

  test("[I] leaves the whole SDK usable beside it, with the same classes", () => {
    const program = `
      const { DnsCluster, Provider } = require("pulumi-whm");
      const pulumi = require("@pulumi/pulumi");
      if (!(DnsCluster.prototype instanceof pulumi.ComponentResource)) throw new Error("another ComponentResource");
      if (!(Provider.prototype instanceof pulumi.ProviderResource)) throw new Error("another ProviderResource")`;
    expect(loadedFor(program).some((file) => file.includes("automation"))).toBe(true);
  });
});
