import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, sep } from "node:path";

/** OpenSSH's server in one version. */
export interface OpenSsh {
  readonly sshd: string;
  /** Folders of its libraries, as LD_LIBRARY_PATH takes them. */
  readonly libraries: string;
  /** Such as 9.2. */
  readonly version: string;
}

/** Servers of other releases of Debian, as script/setup/openssh/find-other-sshds.mjs found them. */
interface Other {
  readonly release: string;
  readonly version: string;
  readonly sshd: string;
}

/** The one that tests use unless they say otherwise. It is told in the world that is made for these tests and nowhere else. */
export function usualOpenSsh(): OpenSsh {
  const [sshd, libraries = ""] = [process.env["BED_SSHD"], process.env["BED_LIBRARIES"]];
  if (sshd) return { sshd, libraries, version: versionOf(sshd, libraries) };
  throw new Error("These tests need OpenSSH's server: run them with npm run test:openssh.");
}

/** All versions that are to be had here. */
export function everyOpenSsh(): OpenSsh[] {
  return [usualOpenSsh(), ...others()];
}

/** The version that a test file runs against: files about connections get the one that this run has drawn. */
export function drawnOpenSsh(): OpenSsh {
  const drawn = others().find(({ release }) => release === process.env["BED_DRAWN_RELEASE"]);
  return drawn && testFile().includes(join(sep, "openssh", "connections", sep)) ? drawn : usualOpenSsh();
}

/** The file whose tests run; empty in a program of its own, such as the one that measures speed. */
function testFile(): string {
  return "expect" in globalThis ? (expect.getState().testPath ?? "") : "";
}

/** The lines of its configuration that say where its parts are, which it looks for where it would be installed. */
export function linesFor({ sshd }: OpenSsh): string[] {
  const parts = { SshdSessionPath: "sshd-session", SshdAuthPath: "sshd-auth" };
  const found = Object.entries(parts)
    .map(([keyword, name]) => [keyword, join(sshd, "../../lib/openssh", name)] as const)
    .filter(([, path]) => existsSync(path))
    .map((words) => words.join(" "));
  // The versions in parts lock out addresses that fail to log in: all clients are one address here.
  return found.length > 0 ? [...found, "PerSourcePenalties no"] : [];
}

function others(): (Other & OpenSsh)[] {
  const found = JSON.parse(process.env["BED_OTHER_SSHDS"] ?? "[]") as Other[];
  return found.map((other) => ({ ...other, libraries: "" }));
}

function versionOf(sshd: string, libraries: string): string {
  const env = { LD_LIBRARY_PATH: libraries };
  const { output } = spawnSync(sshd, ["-V"], { env, encoding: "utf8" });
  return /OpenSSH_(\d+\.\d+)/.exec(output.join(""))?.[1] ?? "unknown";
}
