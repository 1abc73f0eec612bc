import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** Programs that tests of gitops/ need; what is missing is not to be had on this machine. */
export interface Tools {
  readonly actionlint?: string;
  readonly checkJsonschema?: string;
  readonly gojq?: string;
}

const script = resolve(__dirname, "../../script/setup/gitops/print-tools.mjs");

/** Finds them; the first time on a machine they are built and installed, and that takes a minute. */
export function findTools(): Tools {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The programs that check gitops/ cannot be had:\n${stdout}${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Tools;
}
