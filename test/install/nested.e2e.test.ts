import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pulumiProjects } from "../helpers/pulumi";

const repository = resolve(__dirname, "../..");
const newProject = pulumiProjects();
jest.setTimeout(60_000);

const library = `
const whm = require("pulumi-whm");
const servers = { web1: { type: "cpanel", address: "192.0.2.10" }, ns1: { type: "dnsonly", address: "192.0.2.53" } };
exports.declare = () => new whm.DnsCluster("prod", { servers, links: [{ from: "web1", to: "ns1", role: "sync" }] });
`;

test("[E] a program that has the package only as a dependency of another one is told what to install", async () => {
  const project = await newProject({ program: `require("company-dns").declare();` });
  await putPackageBelow(join(dirname(project.folder), "node_modules"));

  const { code, stdout, stderr } = await project.up("--skip-preview");
  expect(code).not.toBe(0);
  expect(stdout + stderr).toContain(
    `The engine looks for pulumi-whm from ${project.folder} and does not find it there`,
  );
  expect(stdout + stderr).toContain("`pnpm add pulumi-whm`");
  expect(stdout + stderr).not.toContain("    at ");
  expect((await project.exportStack()).filter(({ type }) => type.startsWith("pulumi-nodejs:"))).toEqual([]);
});

/** As pnpm lays packages out: each sees its own dependencies alone. */
async function putPackageBelow(packages: string): Promise<void> {
  const company = join(packages, "company-dns");
  await rm(packages);
  await mkdir(join(company, "node_modules"), { recursive: true });
  await symlink(join(repository, "node_modules", "@pulumi"), join(packages, "@pulumi"));
  await symlink(repository, join(company, "node_modules", "pulumi-whm"));
  await writeFile(join(company, "index.js"), library);
}
