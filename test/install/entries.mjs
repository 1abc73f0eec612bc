// Run in a folder into which the package is installed: prints what each of its entries gives to an ES module, and stops
// where a CommonJS module would get something else, or where there are two copies of the engine's library.
import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const program = createRequire(join(process.cwd(), "index.js"));
const entries = ["pulumi-whm", "pulumi-whm/runtime", "pulumi-whm/simulator"];

// Its optional peer is installed only where the policy pack is used.
if (isInstalled("@pulumi/policy")) entries.push("pulumi-whm/policy");

/** What Node adds to the names of a CommonJS module. */
const ofTheModule = ["default", "module.exports", "__esModule"];

const names = {};
for (const entry of entries) {
  const required = Object.keys(program(entry));
  const imported = Object.keys(await import(pathToFileURL(program.resolve(entry)).href));
  names[entry] = imported.filter((name) => !ofTheModule.includes(name)).sort();
  assert.deepEqual(names[entry], required.sort(), entry);
}

const library = createRequire(realpathSync(program.resolve("pulumi-whm/package.json")));
assert.equal(
  realpathSync(library.resolve("@pulumi/pulumi")),
  realpathSync(program.resolve("@pulumi/pulumi")),
);
console.log(JSON.stringify(names));

function isInstalled(name) {
  try {
    return Boolean(program.resolve(name));
  } catch {
    return false;
  }
}
