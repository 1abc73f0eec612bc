import { spawnSync } from "node:child_process";

/** Milliseconds after which a name counts as unknown. */
const deadline = 3000;

const script = `require("node:dns").lookup(process.argv[1], { family: 4, all: true }, (error, found) =>
  process.stdout.write((found ?? []).map(({ address }) => address).join(" ")))`;

/**
 * Returns the IPv4 addresses of a host name. A process of its own looks them up: the constructor that needs them for its
 * refusal can't wait. Used for nothing but refusals.
 */
export function lookUpNow(host: string): readonly string[] {
  const { stdout } = spawnSync(process.execPath, ["-e", script, "--", host], {
    encoding: "utf8",
    timeout: deadline,
    env: { PATH: "" },
  });
  return (stdout ?? "").split(" ").filter((address) => address !== "");
}
