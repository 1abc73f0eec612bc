import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { runCommand } from "../helpers/run-command";
import { testWhere } from "../helpers/where";
import { findInstallers } from "../install/installers";

const root = resolve(__dirname, "../..");
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, { types?: string }>;
};
const declarations = Object.values(exports).flatMap(({ types }) => types?.replace("./dist/", "") ?? []);

const steps = `
import { bundlePackages } from ${JSON.stringify(`${root}/script/setup/bundled-packages.mjs`)};
import { keepPublicDeclarations } from ${JSON.stringify(`${root}/script/setup/public-declarations.mjs`)};
import { stripComments } from ${JSON.stringify(`${root}/script/setup/strip-comments.mjs`)};
const [folder] = process.argv.slice(1);
await stripComments(folder);
await bundlePackages(folder);
await keepPublicDeclarations(folder);
`;

describe("the package that is made of compiled modules", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-whm-build-"));
    const files = {
      "index.js": '// Says nothing.\nconst zod_1 = require("zod");\nexports.text = zod_1.z.string();\n',
      "deep/graph.js": 'exports.Graph = require("graphology").DirectedGraph;\n',
      "deep/private.d.ts": "export {};\n",
      ...Object.fromEntries(declarations.map((path) => [path, "export {};\n"])),
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  // What a folder's entries are called in Node has changed between them.
  const major = process.versions.node.replace(/\..*/, "");
  const folders = { [major]: dirname(process.execPath), ...findInstallers().node };
  describe.each(Object.entries(folders))("with Node %s", (_version, found) => {
    testWhere(found !== null)("[I] is made and loaded", async () => {
      const node = join(found ?? "", "node");
      const made = await runCommand(node, ["--input-type=module", "-e", steps, folder], { folder: root });
      expect(made).toMatchObject({ code: 0, stderr: "" });
      expect(readFileSync(join(folder, "index.js"), "utf8")).not.toContain("Says nothing");
      const left = readdirSync(folder, { recursive: true, encoding: "utf8" });
      expect(left).toEqual(expect.arrayContaining(declarations));
      expect(left).not.toContain(join("deep", "private.d.ts"));
      const program =
        'console.log(require("./index.js").text.parse("read"), typeof require("./deep/graph.js").Graph)';
      const loaded = await runCommand(node, ["-e", program], { folder });
      expect(loaded).toEqual({ code: 0, stdout: "read function\n", stderr: "" });
    });
  });
});
