import { installedPackages } from "./installed-packages.mjs";
import { npm } from "./npm.mjs";

const packageName = "pulumi-whm";

const words = ["--sbom-format", "cyclonedx", "--sbom-type", "library", "--package-lock-only"];

/**
 * The bill of materials of what users install, in CycloneDX. npm's own `--omit dev` leaves out whatever this repository needs
 * for development too, such as zod.
 *
 * @returns {Promise<{ text: string, packages: number }>}
 */
export async function billOfMaterials() {
  const bill = underItsName(JSON.parse(await npm("sbom", ...words)));
  const wanted = new Set((await installedPackages()).map(({ name, version }) => `${name}@${version}`));
  const components = bill.components.filter((component) => wanted.has(component["bom-ref"]));
  const kept = new Set([bill.metadata.component, ...components].map((component) => component["bom-ref"]));
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  const text = `${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`;
  return { text, packages: components.length };
}

/** npm calls the package by the folder that the clone lies in. */
function underItsName({ metadata, dependencies, ...rest }) {
  const { component } = metadata;
  const ref = `${packageName}@${component.version}`;
  const named = { ...component, name: packageName, "bom-ref": ref, purl: `pkg:npm/${ref}` };
  const others = dependencies.filter((each) => each.ref !== ref || each.ref === component["bom-ref"]);
  const renamed = others.map((each) => (each.ref === component["bom-ref"] ? { ...each, ref } : each));
  return { ...rest, metadata: { ...metadata, component: named }, dependencies: renamed };
}
