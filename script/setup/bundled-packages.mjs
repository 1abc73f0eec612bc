import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Failure } from "../shared/failure.mjs";
import { filesBelow } from "../shared/files-below.mjs";
import { licenceOf, licencesText } from "../shared/licence.mjs";
import { root } from "../shared/paths.mjs";

/**
 * Packages of which the compiled package carries the part that it uses. Each is much larger than that part, and none reads what
 * comes over a network: packages that do, such as ssh2, stay dependencies that users see and can update. So does @viz-js/viz,
 * which is Graphviz in compiled form, with licences of its own.
 */
const bundled = ["fflate", "graphology", "graphology-components", "zod"];

/** Where they lie in the compiled package. */
export const bundledFolder = "bundled";

/**
 * Puts the used parts of these packages into the compiled package, with a list and their licences, and lets its modules load
 * them there.
 *
 * @param {string} folder of the compiled package
 */
export async function bundlePackages(folder) {
  const modules = await modulesOf(folder);
  const place = join(folder, bundledFolder);
  await mkdir(place);
  const parts = await Promise.all(bundled.map((name) => bundle(name, modules, place)));
  await copyTypesOfZod(place);
  for (const { file, text } of modules)
    await writeFile(file, withBundled(text, relative(dirname(file), place)));
  await describe([...new Set(parts.flat())].sort(), place);
}

async function modulesOf(folder) {
  const files = await filesBelow(folder);
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "utf8") })));
}

/** Returns the folders of the packages that have a part in it. */
async function bundle(name, modules, place) {
  // Loaded on use: set-up begins before the packages are installed.
  const { build } = await import("esbuild");
  const contents = name === "zod" ? usedOfZod(modules) : `export * from "${name}";`;
  const { metafile } = await build({
    stdin: { contents, resolveDir: root },
    outfile: join(place, `${name}.js`),
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    legalComments: "none", // All licences are in a file of their own.
    logLevel: "warning",
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs).map(
    (path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0],
  );
  return inputs.filter((path) => path !== undefined);
}

/** The functions of zod that are called. All together they are four times as large. */
function usedOfZod(modules) {
  const texts = modules.filter(({ file }) => file.endsWith(".js")).map(({ text }) => text);
  const uses = texts.flatMap((text) => [...text.matchAll(/\bzod_1\b(?! =)(?:\.z\s*\.(\w+))?/g)]);
  const hidden = uses.find(([, name]) => name === undefined);
  if (hidden) throw new Failure("A function of zod is not called as z.name.", hidden.input, "Call it so.");
  const names = [...new Set(uses.map(([, name]) => name))].sort();
  return `import * as zod from "zod";\nexport const z = { ${names.map((name) => `${name}: zod.${name}`)} };`;
}

/** Public types are inferred from schemas, so they need those of zod. */
async function copyTypesOfZod(place) {
  const types = join(place, "zod-types");
  const all = join(root, "node_modules", "zod", "v4");
  for (const name of ["classic", "core"]) {
    const filter = (path) => !/\.\w+$/.test(path) || path.endsWith(".d.cts");
    await cp(join(all, name), join(types, name), { recursive: true, filter });
  }
  const index = join(types, "core", "index.d.cts");
  await writeFile(index, (await readFile(index, "utf8")).replace(/^export \* as locales.*\n/m, ""));
  const used = ["./classic/schemas.cjs", "./classic/in-out.cjs"].map((path) => `export * from "${path}";\n`);
  await writeFile(join(types, "used.d.cts"), `${used.join("")}export * as core from "./core/index.cjs";\n`);
  await writeFile(join(place, "zod.d.ts"), 'export * as z from "./zod-types/used.cjs";\n');
}

function withBundled(text, path) {
  const pattern = new RegExp(`(require\\(|from )"(${bundled.join("|")})"`, "g");
  const start = path.startsWith(".") ? path : `./${path}`;
  return text.replace(pattern, (_, before, name) => `${before}"${start}/${name}"`);
}

async function describe(paths, place) {
  const packages = await Promise.all(paths.map(licenceOf));
  const list = packages.map(({ name, version, id }) => ({ name, version, licence: id }));
  await writeFile(join(place, "packages.json"), `${JSON.stringify(list, null, 2)}\n`);
  await writeFile(join(place, "LICENCES.txt"), licencesText(packages));
}
