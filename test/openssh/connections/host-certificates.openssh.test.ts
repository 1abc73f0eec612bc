import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { isServerError } from "../../../provider/servers";
import type { Connection } from "../../../provider/schema/connection";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { homeFolder } from "../../helpers/home-folder";
import { directories } from "../../testbed/directories";

// OpenSSH's own client judges the same certificates by the same files of known hosts.

let testbed: Testbed;
const at = homeFolder();
beforeAll(async () => {
  for (const [name, ...kind] of [
    ["ed25519", "-t", "ed25519"],
    ["rsa", "-t", "rsa", "-b", "2048"],
    ["ecdsa", "-t", "ecdsa", "-b", "521"],
    ["other", "-t", "ed25519"],
  ] as const)
    keygen("-f", at(name), "-N", "", ...kind);
  const certificate = at("host-key-cert.pub");
  testbed = await startTestbed({
    servers: { ns1: { type: "dnsonly" }, web1: { type: "cpanel" } },
    sshd: [`HostCertificate ${certificate}`],
  });
});
afterAll(() => testbed.stop());

function keygen(...words: string[]): void {
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", ...words]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
}

const publicKey = (name: string): string => readFileSync(at(`${name}.pub`), "utf8").trim();
const host = (): string => testbed.servers["ns1"]!.address!;

/** Gives the server a certificate of an authority, with the words of ssh-keygen that say for whom and how long. */
async function certify(authority: string, ...words: string[]): Promise<void> {
  await testbed.sshd.stop();
  writeFileSync(at("host-key.pub"), testbed.servers["ns1"]!.connection!.hostKey!);
  keygen("-s", at(authority), "-h", "-I", "ns1", ...words, at("host-key.pub"));
  await restart();
}

/** Starts the server again, and waits until it listens: its log still has the line of the start before. */
async function restart(): Promise<void> {
  const starts = testbed.sshd.count("Server listening");
  await testbed.sshd.start();
  for (let tries = 0; tries < 200 && testbed.sshd.count("Server listening") === starts; tries += 1)
    await pause(25);
}

function sshVerdict(): string {
  const options = [
    "StrictHostKeyChecking=yes",
    "BatchMode=yes",
    "PreferredAuthentications=none",
    `UserKnownHostsFile=${at(".ssh/known_hosts")}`,
    "GlobalKnownHostsFile=none",
  ].flatMap((option) => ["-o", option]);
  const words = ["-F", "none", ...options, "-p", String(testbed.port), `root@${host()}`, "true"];
  const said = spawnSync("ssh", words).stderr.toString();
  if (said.includes("Permission denied")) return "accepted";
  return said.includes("Host key verification failed") ? "refused" : said;
}

async function ownVerdict(change: Partial<Connection> = {}): Promise<[code: string, message: string]> {
  const { hostKey: _pinned, ...connection } = testbed.servers["ns1"]!.connection!;
  const settings = { ...testbed.servers["ns1"]!, connection: { ...connection, ...change } };
  try {
    await directory({ ns1: settings }).get("ns1").logIn();
    return ["accepted", ""];
  } catch (error) {
    return isServerError(error) ? [error.code, error.message] : ["", String(error)];
  }
}

const directory = directories();

type Case = [title: string, authority: string, words: string[], lines: string, verdict: string, said: string];

const cases: Case[] = [
  ["its address", "ed25519", ["-n", "HOST"], "@cert-authority * ED25519", "accepted", ""],
  ["its address, by an RSA key", "rsa", ["-n", "HOST"], "@cert-authority * RSA", "accepted", ""],
  [
    "its address, by an ECDSA key",
    "ecdsa",
    ["-n", "a,HOST"],
    "@cert-authority [HOST]:* ECDSA",
    "accepted",
    "",
  ],
  [
    "a pattern",
    "ed25519",
    ["-n", "127.*"],
    "@cert-authority * ED25519",
    "unknown-host-key",
    "it is for 127.*",
  ],
  [
    "another name",
    "ed25519",
    ["-n", "ns2"],
    "@cert-authority * ED25519",
    "unknown-host-key",
    "it is for ns2",
  ],
  [
    "an earlier time",
    "ed25519",
    ["-n", "HOST", "-V", "20200101:20200102"],
    "@cert-authority * ED25519",
    "unknown-host-key",
    "it has expired on 2020-01-0",
  ],
  [
    "its address, by an authority that is not known",
    "other",
    ["-n", "HOST"],
    "@cert-authority * ED25519",
    "unknown-host-key",
    "only a certificate by ssh-ed25519 SHA256:",
  ],
  [
    "its address, by an authority of other hosts",
    "ed25519",
    ["-n", "HOST"],
    "@cert-authority *.example.com ED25519",
    "unknown-host-key",
    "which is not known here",
  ],
  [
    "its address, by an authority that is revoked",
    "ed25519",
    ["-n", "HOST"],
    "@cert-authority * ED25519\n@revoked * ED25519",
    "changed-host-key",
    "is revoked in ~/.ssh/known_hosts",
  ],
  [
    "its address, by an authority that is not known, with a known key",
    "other",
    ["-n", "HOST"],
    "@cert-authority * ED25519\n[HOST]:PORT HOSTKEY",
    "accepted",
    "",
  ],
];

function filledIn(text: string): string {
  const { hostKey } = testbed.servers["ns1"]!.connection!;
  return text
    .replaceAll("HOSTKEY", hostKey!.trim())
    .replaceAll("HOST", host())
    .replaceAll("PORT", String(testbed.port))
    .replace(/ED25519|ECDSA|RSA/g, (name) => publicKey(name.toLowerCase()));
}

test.each(cases)(
  "[E] a certificate for %s is judged as OpenSSH judges it",
  async (_title, authority, words, lines, verdict, said) => {
    await certify(authority, ...words.map(filledIn));
    writeFileSync(at(".ssh/known_hosts"), `${filledIn(lines)}\n`);
    expect(sshVerdict()).toBe(verdict === "accepted" ? "accepted" : "refused");
    const [code, message] = await ownVerdict();
    expect([code, message]).toEqual([verdict, expect.stringContaining(said)]);
  },
);

test("[E] an authority can be given in hostKey, and a bastion's certificate is checked too", async () => {
  await certify("ed25519", "-n", `${host()},${testbed.servers["web1"]!.address!}`);
  writeFileSync(at(".ssh/known_hosts"), "");
  const hostKey = `@cert-authority * ${publicKey("ed25519")}`;
  expect(await ownVerdict({ hostKey })).toEqual(["accepted", ""]);
  const proxy = { ...testbed.servers["web1"]!.connection!, hostKey };
  expect(await ownVerdict({ hostKey, proxy })).toEqual(["accepted", ""]);
  const other = { ...proxy, hostKey: `@cert-authority * ${publicKey("other")}` };
  expect((await ownVerdict({ hostKey, proxy: other }))[0]).toBe("unknown-host-key");
});

test("[E] a server without a certificate is told so", async () => {
  await testbed.sshd.stop();
  rmSync(at("host-key-cert.pub"));
  await restart();
  const [code, message] = await ownVerdict({ hostKey: `@cert-authority * ${publicKey("ed25519")}` });
  expect([code, message]).toEqual(["unknown-host-key", expect.stringContaining("shows no certificate")]);
});
