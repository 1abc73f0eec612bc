import { Failure } from "../shared/failure.mjs";
import { licenceOf, licencesText } from "../shared/licence.mjs";
import { installedPackages } from "./installed-packages.mjs";

/** Licences that a user of an Apache-2.0 package may rely on without a lawyer. Any other stops a release. */
const accepted = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
];

/** The licence of each package that users install, and its text. */
export async function licencesOfDependencies() {
  const paths = (await installedPackages()).map(({ path }) => path);
  const found = await Promise.all(paths.map(licenceOf));
  const known = found.filter((each) => each !== undefined);
  refuseUnknown(known);
  const counts = groupedById(known);
  const inWords = [...counts].map(([id, packages]) => `${packages.length} ${id}`).join(", ");
  return { text: licencesText(known), inWords };
}

function refuseUnknown(packages) {
  const unknown = packages.filter(({ id }) => !isAccepted(id));
  if (unknown.length === 0) return;
  const list = unknown.map(({ name, version, id }) => `${name} ${version}: ${id}`).join("\n");
  throw new Failure(
    "Packages that users would install have other licences than expected.",
    list,
    "Look at them, then add the licence to script/release/licences.mjs or do without the package.",
  );
}

/** Such as MIT, (MIT OR GPL-2.0) or (MIT AND ISC). */
function isAccepted(id) {
  const isOne = (word) => accepted.includes(word);
  const words = id.replace(/^\(|\)$/g, "");
  return words.includes(" AND ") ? words.split(" AND ").every(isOne) : words.split(" OR ").some(isOne);
}

function groupedById(packages) {
  const groups = new Map();
  for (const each of packages) groups.set(each.id, [...(groups.get(each.id) ?? []), each]);
  return groups;
}
