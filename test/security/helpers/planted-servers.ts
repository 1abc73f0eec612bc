import { utils } from "ssh2";
import type { Simulator } from "../../../provider/simulator";
import type { SshHost } from "../../servers/helpers/ssh-host";
import { memberFile } from "../../helpers/server-files";
import type { PlantedSecret } from "./secret-watch";

/** Text of an entry that somebody has made by hand. */
export function handMadeEntry(secret: string): string {
  return `#version 2.0\nuser=root\nhost=by-hand.example.com\npass=${secret}\nmodule=cPanel\ndebug=0\n`;
}

/** Secrets with a bit of everything that some form of writing changes. */
export const planted = {
  bastionPassword: 'Bastion/pass+word &1 "quoted" ü',
  keyPassphrase: "Passphrase of the bastion's key = 7%",
  loginPassword: "Login \\ pass'word <2>",
  memberByHand: "MEMBERBYHAND0123456789ABCDEFGHIJ",
  trustByHand: "TRUSTBYHAND0123456789ABCDEFGHIJK",
  foreignEntry: "FOREIGNENTRY0123456789ABCDEFGHIJ",
  driftedEntry: "DRIFTEDENTRY0123456789ABCDEFGHIJ",
  wrongToken: "WRONGTOKEN0123456789ABCDEFGHIJKL",
  wrongPassword: "Wrong pass+word 3",
} as const;

/** A key pair whose private half opens with the planted passphrase alone. */
export function encryptedKey(): { privateKey: string; publicKey: string } {
  const options = { cipher: "aes256-cbc", passphrase: planted.keyPassphrase };
  const pair = utils.generateKeyPairSync("ecdsa", { bits: 256, ...options });
  const { privateKey, publicKey } = { privateKey: pair.private, publicKey: pair.public };
  // One in a few hundred keys that ssh2 makes can be read by nobody.
  return utils.parseKey(privateKey, planted.keyPassphrase) instanceof Error
    ? encryptedKey()
    : { privateKey, publicKey };
}

/** Puts hand-made entries on the servers: two that are adopted, and one that belongs to somebody else. */
export function plantEntries(simulator: Simulator): void {
  const entries = [
    ["web1", "192.0.2.11", planted.memberByHand],
    ["ns1", "192.0.2.10", planted.trustByHand],
    ["web1", "192.0.2.99", planted.foreignEntry],
  ] as const;
  for (const [server, address, secret] of entries) {
    simulator.files(server).write(memberFile(address), handMadeEntry(secret), 0o600);
    simulator.files(server).write(`${memberFile(address)}-dnsrole`, "standalone", 0o600);
  }
}

/** The value of whm:servers: a bastion in front of web1, a password for ns1, whose token is in the environment. */
export function plantedServers(simulator: Simulator, bastion: SshHost, key: { privateKey: string }): object {
  const { web1, ns1 } = simulator.servers;
  const { privateKey: _key, ...byPassword } = { ...ns1?.connection, password: planted.loginPassword };
  const { token: _token, ...byVariable } = { ...ns1?.api, tokenEnv: "NS1_TOKEN" };
  const { host, port, hostKey } = bastion.connection;
  const login = { privateKey: key.privateKey, privateKeyPassword: planted.keyPassphrase };
  const proxy = { host, port, hostKey, user: "root", ...login, password: planted.bastionPassword };
  return {
    web1: { ...web1, connection: { ...web1?.connection, proxy } },
    ns1: { ...ns1, connection: byPassword, api: byVariable },
  };
}

/** All secrets that are there by now: planted ones, those of the log-ins, and those that WHM has made meanwhile. */
export function allSecrets(simulator: Simulator, key: { privateKey: string }): PlantedSecret[] {
  const { web1, ns1 } = simulator.servers;
  const made = ["web1", "ns1"].flatMap((server) => secretsInEntries(simulator, server));
  return [
    ...Object.entries({ ...planted, ...Object.fromEntries(made) }).map(([name, value]) => ({ name, value })),
    { name: "key of the bastion", value: key.privateKey },
    { name: "key of web1", value: web1?.connection?.privateKey ?? "" },
    { name: "token of web1", value: web1?.api?.token ?? "" },
    { name: "token of ns1", value: ns1?.api?.token ?? "", byEnvironment: true },
    { name: "passphrase of the stack", value: "correct horse battery staple", byEnvironment: true },
  ];
}

function secretsInEntries(simulator: Simulator, server: string): [string, string][] {
  const files = simulator.files(server);
  const entries = ["192.0.2.10", "192.0.2.11"].map((address) => files.read(memberFile(address)) ?? "");
  return entries.flatMap((text): [string, string][] => {
    const secret = /^pass=(.*)$/m.exec(text)?.[1];
    return secret === undefined ? [] : [[`entry on ${server} ${secret.slice(0, 4)}`, secret]];
  });
}
