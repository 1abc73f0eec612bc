import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "../../../provider/schema/connection";
import type { ServerError } from "../../../provider/servers";
import { directories } from "../../testbed/directories";
import { startTestbed, type Testbed } from "../../testbed/testbed";

// OpenSSH's own programs make the keys and certificates, hold them in an agent, and judge them.

const folder = mkdtempSync(join(tmpdir(), "pulumi-whm-user-"));
const at = (name: string): string => join(folder, name);

/** Servers that take no key alone, and what else each wants. */
const ways = {
  ns1: [],
  ns2: ["AuthorizedPrincipalsFile none", `TrustedUserCAKeys ${at("other.pub")}`],
  ns3: [`AuthorizedPrincipalsFile ${at("principals")}`],
  factors: ["AuthenticationMethods publickey,password"],
} as const;

let testbed: Testbed;
let agent: ChildProcess;
beforeAll(async () => {
  for (const name of ["ca", "other"]) keygen("-t", "ed25519", "-f", at(name));
  keygen("-t", "ed25519", "-f", at("ed25519"));
  keygen("-t", "rsa", "-b", "2048", "-f", at("rsa"));
  keygen("-t", "ecdsa", "-b", "521", "-f", at("ecdsa"));
  writeFileSync(at("principals"), "deployers\n");
  const servers = Object.entries(ways).map(([name, lines]) => {
    const trusts = lines.some((line) => line.startsWith("TrustedUserCAKeys"))
      ? []
      : [`TrustedUserCAKeys ${at("ca.pub")}`];
    return [name, { type: "dnsonly", sshd: ["AuthorizedKeysFile none", ...trusts, ...lines] }] as const;
  });
  testbed = await startTestbed({ servers: Object.fromEntries(servers) });
  agent = spawn("ssh-agent", ["-D", "-a", at("agent")], { stdio: ["ignore", "pipe", "inherit"] });
  await once(agent.stdout!, "data");
});
afterAll(async () => {
  agent.kill();
  await testbed.stop();
  rmSync(folder, { recursive: true });
});

function keygen(...words: string[]): void {
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-N", "", ...words]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
}

/** Signs a key for root, or as the words say, and returns the certificate's path. */
function certify(key: string, words: string[] = [], authority = "ca"): string {
  const who = words.includes("-n") ? [] : ["-n", "root"];
  const { status, stderr } = spawnSync("ssh-keygen", [
    "-q",
    "-s",
    at(authority),
    "-I",
    "daily",
    ...who,
    ...words,
    at(`${key}.pub`),
  ]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr.toString()}`);
  return at(`${key}-cert.pub`);
}

const directory = directories();

async function logIn(
  change: Partial<Connection>,
  name: keyof typeof ways = "ns1",
): Promise<string | undefined> {
  const settings = testbed.servers[name]!;
  const { privateKey: _plain, ...connection } = settings.connection!;
  const servers = directory({ [name]: { ...settings, connection: { ...connection, ...change } } });
  const files = await servers.get(name).files();
  return files.read("/usr/local/cpanel/version");
}

async function refusal(change: Partial<Connection>, name: keyof typeof ways = "ns1"): Promise<ServerError> {
  return logIn(change, name).then(
    () => Promise.reject(new Error("it succeeded")),
    (error: unknown) => error as ServerError,
  );
}

const version = "11.136.0.5\n";
const textOf = (file: string): string => readFileSync(file, "utf8").trim();

describe("a certificate in a file", () => {
  test.each(["ed25519", "rsa", "ecdsa"])("[E] opens a log-in with a key of type %s", async (key) => {
    const certificateFile = certify(key);
    expect(await logIn({ privateKeyFile: at(key) })).toBe(version);
    expect(testbed.sshd.log()).toMatch(/Accepted publickey for root .*-CERT .*ID daily/);
    const certificate = textOf(certificateFile);
    rmSync(certificateFile);
    expect((await refusal({ privateKeyFile: at(key) })).said).not.toContain("certificate");
    expect(await logIn({ privateKeyFile: at(key), certificate })).toBe(version);
  });

  test("[E] opens a bastion and the server behind it, also by a principal that stands for the login", async () => {
    const certificateFile = certify("ed25519", ["-n", "deployers,root"]);
    const key = { privateKeyFile: at("ed25519"), certificateFile };
    const { privateKey: _plain, ...bastion } = testbed.servers["ns1"]!.connection!;
    expect(await logIn({ ...key, proxy: { ...bastion, ...key } }, "ns3")).toBe(version);
    const error = await refusal({ ...key, proxy: { ...bastion, ...key } }, "ns2");
    expect(error.phrase).toContain("through the bastion");
  });

  test("[E] is accepted where a second factor is wanted", async () => {
    const certificateFile = certify("ed25519");
    const key = { privateKeyFile: at("ed25519"), certificateFile };
    expect((await refusal(key, "factors")).said).toBe(
      `the server accepted certificate (connection.certificateFile ${certificateFile}) of root and wants password as well`,
    );
    expect(await logIn({ ...key, password: process.env["BED_PASSWORD"]! }, "factors")).toBe(version);
  });

  test.each<[string, string[], string, keyof typeof ways, string]>([
    [
      "of an authority that the server does not trust",
      [],
      "ca",
      "ns2",
      "trust its authority, ssh-ed25519 SHA256:",
    ],
    [
      "for another login",
      ["-n", "alice"],
      "ca",
      "ns1",
      "is for alice, not for root: have it signed with -n root",
    ],
    ["that has expired", ["-V", "20200101:20200102"], "ca", "ns1", '"daily" expired on 2020-01-0'],
    ["of the future", ["-V", "20900101:20900102"], "ca", "ns1", '"daily" is not valid before 20'],
    ["for another address", ["-O", "source-address=192.0.2.1"], "ca", "ns1", "limited by source-address"],
  ])(
    "[E] %s is refused with the likely reason, after the key alone",
    async (_of, words, authority, server, reason) => {
      certify("ed25519", words, authority);
      const error = await refusal({ privateKeyFile: at("ed25519") }, server);
      expect(error.code).toBe("refused-credential");
      expect(error.said).toContain(
        `refused root (offered: certificate (${at("ed25519")}-cert.pub), publickey (connection.privateKeyFile ${at("ed25519")}); it takes publickey`,
      );
      expect(error.wayOut).toContain(reason);
    },
  );

  test("[E] that has expired is not offered if it is named", async () => {
    const certificateFile = certify("ed25519", ["-V", "20200101:20200102"]);
    const connections = testbed.sshd.count("Connection from");
    expect(await refusal({ privateKeyFile: at("ed25519"), certificateFile })).toMatchObject({
      code: "invalid-value",
      said: expect.stringMatching(/^it expired on 2020-01-0\d \d\d:\d\d UTC$/) as string,
    });
    expect(testbed.sshd.count("Connection from")).toBe(connections);
  });
});

describe("an agent", () => {
  function load(...words: string[]): void {
    const env = { ...process.env, SSH_AUTH_SOCK: at("agent") };
    const { status, stderr } = spawnSync("ssh-add", ["-q", ...words], { env });
    if (status !== 0) throw new Error(`ssh-add: ${stderr.toString()}`);
  }
  beforeEach(() => load("-D"));

  test.each(["ed25519", "rsa", "ecdsa"])("[E] opens a log-in with a certificate of type %s", async (key) => {
    const certificate = textOf(certify(key));
    load(at(key));
    expect(await logIn({ agentSocketPath: at("agent") })).toBe(version);
    expect(await logIn({ agentSocketPath: at("agent"), identity: certificate })).toBe(version);
    // The certificate is then needed no more.
    load("-D");
    rmSync(at(`${key}-cert.pub`));
    load(at(key));
    expect((await refusal({ agentSocketPath: at("agent") })).code).toBe("refused-credential");
    expect(await logIn({ agentSocketPath: at("agent"), certificate })).toBe(version);
  });

  test("[E] with many keys offers the chosen one with its certificate first", async () => {
    const certificate = certify("ed25519");
    copyFileSync(at("other"), at("other-copy"));
    load(at("ca"), at("other-copy"), at("rsa"), at("ecdsa"), at("ed25519"));
    const failures = testbed.sshd.count("Failed publickey");
    const identity = spawnSync("ssh-keygen", ["-l", "-f", certificate]).stdout.toString().split(" ")[1]!;
    expect(await logIn({ agentSocketPath: at("agent"), identity })).toBe(version);
    expect(testbed.sshd.count("Failed publickey")).toBe(failures);
    expect((await refusal({ agentSocketPath: at("agent"), identity }, "ns2")).wayOut).toContain(
      "trust its authority",
    );
  });
});

describe("OpenSSH's client configuration", () => {
  const keyOf = (name: string): string => `  IdentityFile ${at(name)}\n`;
  const certificateOf = (name: string): string => `  CertificateFile ${at(`${name}-cert.pub`)}\n`;

  /** What sshd has said of each key that it refused, from a place in its log on. */
  const refusedSince = (place: number): string[] =>
    [
      ...testbed.sshd
        .log()
        .slice(place)
        .matchAll(/^Failed publickey .* ssh2: (\S+ \S+)/gm),
    ].map(([, key]) => key!);

  test.each([
    ["beside the key", `${keyOf("ed25519")}${keyOf("rsa")}`, []],
    ["that is named", `${keyOf("rsa")}${keyOf("ed25519")}${certificateOf("ed25519")}`, []],
    ["none", `${keyOf("ed25519")}  CertificateFile none\n`, []],
    ["in an agent", keyOf("ed25519"), ["ed25519", "ecdsa"]],
    ["in an agent, others excluded", `${keyOf("ed25519")}  IdentitiesOnly yes\n`, ["ecdsa", "ed25519"]],
    ["that is named and in an agent", `${keyOf("ed25519")}${certificateOf("ed25519")}`, ["ed25519"]],
  ])(
    "[E] offers the keys that ssh offers, in its order: a certificate %s",
    async (_where, lines, inAgent) => {
      for (const key of ["ed25519", "rsa"]) certify(key);
      rmSync(at("ecdsa-cert.pub"), { force: true });
      const env = { ...process.env, SSH_AUTH_SOCK: at("agent") };
      for (const words of [["-D"], ...inAgent.map((key) => [at(key)])])
        spawnSync("ssh-add", ["-q", ...words], { env });
      const { host } = testbed.servers["ns2"]!.connection!;
      const config = at("config");
      writeFileSync(
        config,
        `Host alias\n  HostName ${host}\n  User root\n  Port ${testbed.port}\n${lines}  IdentityAgent ${at("agent")}\n`,
      );
      const options = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"];
      const words = ["-v", "-F", config, ...options.flatMap((each) => ["-o", each]), "alias", "true"];
      const said = spawnSync("ssh", words).stderr.toString();
      const offered = [...said.matchAll(/Offering public key: \S+ (\S+ \S+)/g)].map(([, key]) => key);
      // ssh itself offers a certificate twice if it is both named and in the agent.
      const expected = [...new Set(offered)];
      await pause(100);
      const place = testbed.sshd.log().length;
      const { hostKey } = testbed.servers["ns2"]!.connection!;
      const settings = {
        ...testbed.servers["ns2"]!,
        connection: { host: "alias", sshConfig: config, hostKey: hostKey! },
      };
      await expect(directory({ ns2: settings }).get("ns2").files()).rejects.toMatchObject({
        code: "refused-credential",
      });
      expect(expected.length).toBeGreaterThan(0);
      for (let tries = 0; tries < 80 && refusedSince(place).length < expected.length; tries += 1)
        await pause(25);
      expect(refusedSince(place)).toEqual(expected);
    },
  );

  test("[E] opens a log-in through a jump host, each with its certificate", async () => {
    certify("ed25519");
    certify("rsa", ["-n", "deployers"]);
    const place = (name: keyof typeof ways): string =>
      `  HostName ${testbed.servers[name]!.connection!.host}\n  User root\n  Port ${testbed.port}\n`;
    const { hostKey } = testbed.servers["ns1"]!.connection!;
    const known = Object.values(testbed.servers).map(
      ({ address }) => `[${address}]:${testbed.port} ${hostKey!}\n`,
    );
    writeFileSync(at("known"), known.join(""));
    const common = `  IdentityAgent none\n  UserKnownHostsFile ${at("known")}\n`;
    writeFileSync(
      at("config"),
      `Host alias\n${place("ns1")}${keyOf("ed25519")}${certificateOf("ed25519")}${common}  ProxyJump jump\n` +
        `Host jump\n${place("ns3")}${keyOf("rsa")}${common}`,
    );
    const version = async (certificateFile?: string): Promise<string | undefined> => {
      const connection = {
        host: "alias",
        sshConfig: at("config"),
        ...(certificateFile && { certificateFile }),
      };
      const files = await directory({ ns1: { ...testbed.servers["ns1"]!, connection } })
        .get("ns1")
        .files();
      return files.read("/usr/local/cpanel/version");
    };
    expect(await version()).toBe("11.136.0.5\n");
    // What the connection names wins.
    await expect(version(at("rsa-cert.pub"))).rejects.toMatchObject({
      code: "missing-credential",
      said: expect.stringContaining(
        "no key of ssh_config is the one of connection.certificateFile",
      ) as string,
    });
  });
});
