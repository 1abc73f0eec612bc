import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { makeKeyPair } from "../../../provider/simulator/credentials";
import { isServerError } from "../../../provider/servers";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { homeFolder } from "../../helpers/home-folder";
import { directories } from "../../testbed/directories";

// OpenSSH's own client judges the same files of known hosts at the same server.

let testbed: Testbed;
const inHome = homeFolder();
beforeAll(async () => {
  testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" } } });
  // In this world only: the machine's own file of known hosts is not touched.
  spawnSync("mount", ["-t", "tmpfs", "tmpfs", "/etc/ssh"]);
});
afterAll(async () => {
  spawnSync("umount", ["/etc/ssh"]);
  await testbed.stop();
});

const directory = directories();
const other = makeKeyPair().publicKey.trim();
const place = (): { host: string; port: number; key: string } => {
  const { host, hostKey } = testbed.servers["ns1"]!.connection!;
  return { host, port: testbed.port, key: hostKey!.trim() };
};

function hashed(name: string): string {
  const salt = Buffer.from("0123456789abcdefghij");
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

type Verdict = "accepted" | "unknown-host-key" | "changed-host-key";
type Lines = (at: { host: string; port: number; key: string }) => string;

const label = ({ host, port }: { host: string; port: number }): string => `[${host}]:${port}`;

const cases: [title: string, user: Lines, global: Lines, verdict: Verdict][] = [
  ["its key with the port", (at) => `${label(at)} ${at.key}`, () => "", "accepted"],
  ["its key in the machine's file", () => "", (at) => `${label(at)} ${at.key}`, "accepted"],
  ["its key without the port", (at) => `${at.host} ${at.key}`, () => "", "accepted"],
  ["its key without the port, hashed", (at) => `${hashed(at.host)} ${at.key}`, () => "", "accepted"],
  ["a different key without the port", (at) => `${at.host} ${other}`, () => "", "unknown-host-key"],
  [
    "a different key with the port, and its own without",
    (at) => `${label(at)} ${other}\n${at.host} ${at.key}`,
    () => "",
    "changed-host-key",
  ],
  [
    "a different key in the user's file, and its own in the machine's",
    (at) => `${label(at)} ${other}`,
    (at) => `${label(at)} ${at.key}`,
    "accepted",
  ],
  [
    "its key, revoked for all hosts",
    (at) => `${label(at)} ${at.key}`,
    (at) => `@revoked * ${at.key}`,
    "changed-host-key",
  ],
  ["nothing", () => "", () => "", "unknown-host-key"],
];

/** What OpenSSH's client says of the host key; it has no credential, and none is sent. */
function sshVerdict(files: { user: string; global: string }): string {
  const { host, port } = place();
  const options = [
    "StrictHostKeyChecking=yes",
    "BatchMode=yes",
    "PreferredAuthentications=none",
    `UserKnownHostsFile=${files.user}`,
    `GlobalKnownHostsFile=${files.global}`,
  ].flatMap((option) => ["-o", option]);
  const words = ["-F", "none", ...options, "-p", String(port), `root@${host}`, "true"];
  const said = spawnSync("ssh", words).stderr.toString();
  if (said.includes("Permission denied")) return "accepted";
  return said.includes("Host key verification failed") ? "refused" : said;
}

async function ownVerdict(): Promise<string> {
  const { hostKey: _pinned, ...connection } = testbed.servers["ns1"]!.connection!;
  const settings = { ...testbed.servers["ns1"]!, connection };
  try {
    await directory({ ns1: settings }).get("ns1").logIn();
    return "accepted";
  } catch (error) {
    return isServerError(error) ? error.code : String(error);
  }
}

test.each(cases)("[E] a host is judged as OpenSSH judges it by %s", async (_title, user, global, verdict) => {
  const files = { user: inHome(".ssh", "known_hosts"), global: "/etc/ssh/ssh_known_hosts" };
  writeFileSync(files.user, `${user(place())}\n`);
  writeFileSync(files.global, `${global(place())}\n`);
  expect(sshVerdict(files)).toBe(verdict === "accepted" ? "accepted" : "refused");
  expect(await ownVerdict()).toBe(verdict);
});
