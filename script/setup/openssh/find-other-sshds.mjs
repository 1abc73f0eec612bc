import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isThere } from "../../shared/is-there.mjs";
import { run } from "../../shared/run.mjs";
import { triesEverything } from "../../suites/samples.mjs";
import { librariesIn, unpackedPackages } from "../debian-packages.mjs";

/** Releases of Debian beside this machine's: one with an OpenSSH as old as that of AlmaLinux 8 and 9, one with a newer. */
const releases = ["bullseye", "trixie"];
/** It has the newest OpenSSH, which changes from day to day: what it breaks must not stop anybody's work. */
const newest = "sid";

/** Below /usr: since 9.8 the server consists of three programs. */
const programs = ["sbin/sshd", "lib/openssh/sshd-session", "lib/openssh/sshd-auth"];
const own = "own-libraries";

/**
 * OpenSSH's servers of other releases, unpacked in the cache with the libraries that they were built for.
 *
 * @returns {Promise<{ release: string, version: string, sshd: string }[]>} those that are to be had here
 */
export async function findOtherSshds() {
  const found = [];
  for (const release of triesEverything() ? [...releases, newest] : releases) {
    const other = await findOther(release);
    if (other) found.push(other);
    else console.log(`OpenSSH's server of Debian ${release} is not to be had here: it is not tried`);
  }
  return found;
}

async function findOther(release) {
  const folder = await unpackedPackages({
    name: `openssh-server-${release}`,
    title: `openssh-server of ${release}`,
    packages: ["openssh-server"],
    release,
    finish: addStarters,
    isComplete: (place) => isThere(join(place, own, programs[0])),
  });
  if (folder === undefined) return undefined;
  const sshd = join(folder, own, programs[0]);
  const { stdout, stderr } = await run(sshd, ["-V"]);
  const [, version] = /OpenSSH_(\d+\.\d+)/.exec(stdout + stderr) ?? [];
  return version && { release, version, sshd };
}

/**
 * Writes a starter for each program: it starts only with the C library that it was built for, and what it starts itself must
 * get this machine's. `-r` keeps an old sshd from starting itself anew, past its starter; new ones ignore it.
 */
async function addStarters(folder) {
  const loader = await loaderIn(folder);
  const libraries = await librariesIn(folder);
  for (const program of programs) {
    if (!(await isThere(join(folder, "usr", program)))) continue;
    const [file, more] = [join(folder, own, program), program === programs[0] ? " -r" : ""];
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, starter(folder, { loader, libraries, program, more }));
    await chmod(file, 0o755);
  }
}

/** A script that finds everything from where it stands: the folder moves when it is complete. */
function starter(folder, { loader, libraries, program, more }) {
  const here = (text) => text.replaceAll(folder, "$folder");
  const line = `exec "${here(loader)}" --library-path "${here(libraries)}" "$folder/usr/${program}"${more} "$@"`;
  return ["#!/bin/sh", `folder="\${0%/${own}/*}"`, line, ""].join("\n");
}

async function loaderIn(folder) {
  const names = await readdir(folder, { recursive: true });
  // Not the one in lib64, a link that leads to this machine's.
  return join(folder, names.find((name) => /linux-gnu\/ld-linux[^/]*\.so\.\d+$/.test(name)) ?? "none");
}
