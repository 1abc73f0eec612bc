import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "../helpers/run-command";

const root = resolve(__dirname, "../..");

/** What a script of this repository exports; jest itself loads no such modules. */
async function exportedBy(path: string, name: string): Promise<unknown> {
  const program = `import { ${name} } from "./${path}"; console.log(JSON.stringify(${name}));`;
  const { stdout } = await runCommand(process.execPath, ["--input-type=module", "-e", program], {
    folder: root,
  });
  return JSON.parse(stdout);
}

test("[U] every file that is named as slow is there", async () => {
  const named = Object.keys((await exportedBy("script/suites/slowest-files.mjs", "slowestFiles")) as object);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
