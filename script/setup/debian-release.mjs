import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../shared/run.mjs";

/** The keys of all releases, those to come too as far as Debian has announced them. */
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Downloads packages of another release of Debian with all the libraries that they need, the C library too. This machine's
 * own package lists stay as they are.
 *
 * @param {string} work an empty folder; the packages end up in it
 * @param {string} release its code name, such as `trixie`
 * @param {string[]} packages
 * @param {(work: string, words: string[]) => Promise<boolean>} apt runs apt-get there
 * @returns {Promise<boolean>} whether all of them are there
 */
export async function downloadOfRelease(work, release, packages, apt) {
  const settings = await settingsFor(work, release);
  if (settings === undefined || !(await apt(work, [...settings, "update"]))) return false;
  const names = await withLibraries(settings, packages);
  return names.length > 0 && apt(work, [...settings, "download", ...names]);
}

/** Lists, cache and installed packages of its own: none is installed, so that nothing is left out. */
async function settingsFor(work, release) {
  const address = await archive();
  if (address === undefined) return undefined;
  const [sources, status] = [join(work, "debian.sources"), join(work, "status")];
  const lines = [`URIs: ${address}`, `Suites: ${release}`, "Components: main", `Signed-By: ${keyring}`];
  await writeFile(sources, ["Types: deb", ...lines, ""].join("\n"));
  await writeFile(status, "");
  await mkdir(join(work, "lists", "partial"), { recursive: true });
  await mkdir(join(work, "archives", "partial"), { recursive: true });
  const words = {
    "Dir::Etc::SourceList": sources,
    "Dir::Etc::SourceParts": "-",
    "Dir::State::Lists": join(work, "lists"),
    "Dir::State::Status": status,
    "Dir::Cache": work,
    "Debug::NoLocking": "1",
    "Acquire::Languages": "none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    "APT::Update::Error-Mode": "any",
  };
  return Object.entries(words).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

/** Where this machine gets Debian's packages from: all releases stand there. */
async function archive() {
  const words = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"];
  const { stdout } = await run("apt-get", words);
  return stdout.split("\n")[0] || undefined;
}

/** The packages, those of the same family, and the libraries. Nothing is installed, so scripts' needs are left out. */
async function withLibraries(settings, packages) {
  const words = [...settings, "install", "--simulate", "--no-install-recommends", ...packages];
  const { stdout } = await run("apt-get", words);
  const names = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name);
  const family = packages.map((name) => name.split("-")[0]);
  return names.filter((name) => ["lib", ...family].some((start) => name.startsWith(start)));
}
