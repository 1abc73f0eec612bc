import { Failure } from "../shared/failure.mjs";
import { root } from "../shared/paths.mjs";
import { run } from "../shared/run.mjs";
import { installedPackages } from "./installed-packages.mjs";

/** Milliseconds. Without a network npm tries for long. */
const longest = 60_000;

/** Asks the registry for known vulnerabilities in what users install. One that can't answer is no obstacle. */
export async function auditDependencies() {
  // Without --omit=dev: that would leave out the packages that dist/ carries.
  const { stdout } = await run("npm", ["audit", "--json"], { cwd: root, timeout: longest });
  const names = new Set((await installedPackages()).map(({ name }) => name));
  const found = vulnerabilitiesIn(stdout)?.filter(({ name }) => names.has(name));
  if (found === undefined) {
    console.log("The registry gives no advisories; the dependencies were not audited.");
    return;
  }
  const serious = found.filter(({ severity }) => ["high", "critical"].includes(severity));
  if (serious.length === 0) {
    console.log(`npm audit: ${found.length === 0 ? "nothing known" : found.map(inWords).join(", ")}`);
    return;
  }
  const wayOut = "Update them (npm audit fix), commit, and release again.";
  throw new Failure("Dependencies have known vulnerabilities.", serious.map(inWords).join("\n"), wayOut);
}

/** Nothing when it is no answer of a registry. */
function vulnerabilitiesIn(text) {
  try {
    const { vulnerabilities } = JSON.parse(text);
    return vulnerabilities && Object.values(vulnerabilities);
  } catch {
    return undefined;
  }
}

function inWords({ name, severity, range }) {
  return `${name} ${range} (${severity})`;
}
