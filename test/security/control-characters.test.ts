import { z } from "zod";
import { everySchema, leaves, type Leaf } from "./helpers/schemas";

// What a key=value file or a command line must never get: a second line, a text that ends early, blanks that are lost
// on the way back. The fields are found by walking the schemas, so that a new one has to be judged as well.

/** Text that may hold line breaks and blanks, and why. */
const freeText: Record<string, string> = {
  password: "any text can be a password; it travels inside SSH alone",
  privateKey: "a key has many lines; it is parsed here and never sent",
  certificate: "read as one line of a .pub file, blanks around it taken away; parsed here, sent as bytes",
  privateKeyPassword: "any text can be a passphrase; it is used here and never sent",
  hostKey: "lines as in known_hosts; it is parsed here and never sent",
  ca: "a certificate has many lines; it is parsed here and never sent",
  rotate: "compared with its earlier value and never sent",
  "rules{}": "must be the id of a rule, which the table of rules looks up; never sent",
  "ruleOverrides{}": "the same",
};

/** Values that stay as they are until another schema has parsed them. */
const parsedLater: Record<string, string> = {
  connection: "may still be unknown; `server` parses it in the provider",
  api: "the same",
  expiresAt: "may still be unknown; `apiToken` parses it in the provider",
  renewBefore: "the same",
  keepOldFor: "the same",
  rotate: "the same",
  fleet: "the same",
  ...Object.fromEntries(
    ["acls", "adopt", "enableClustering", "token", "tokenName", "user", "users", "whitelistIps"].map(
      (name) => [
        name,
        "an argument of a single resource; the schema of its inputs parses it in the provider",
      ],
    ),
  ),
  "*": "the values of a rotation; the same",
};

/** What stands behind an equals sign in a member file, or in an argument of whmapi1 that is compared as a whole. */
const behindEqualsSign =
  /\.(token|user|hostname|peerHostname|serverHostname|tokenName|\w*[aA]ddress|whitelistIps\[\])$/;

const samples = [
  ...["web1", "192.0.2.1", "2001:db8::1", "192.0.2.0/24", "2001:db8::/32", "2027-01-31"],
  ...["2027-01-31T00:00:00Z", "24h"],
  ...[
    Array(32).fill("0A").join(":"),
    "cpanel",
    "bind",
    "sync",
    "error",
    "refused",
    "publicAddress",
    "many-changes",
    `SHA256:${"a".repeat(43)}`,
  ],
];

const damages: [string, (text: string) => string][] = [
  ["a line feed inside", (text) => `${text}\n${text}`],
  ["a carriage return inside", (text) => `${text}\r${text}`],
  ["a NUL inside", (text) => `${text}\0${text}`],
  ...["\n", "\r", "\r\n", "\0", " ", "\t", "\u00a0"].flatMap((mark): typeof damages => [
    [`${JSON.stringify(mark)} at the end`, (text) => text + mark],
    [`${JSON.stringify(mark)} at the beginning`, (text) => mark + text],
  ]),
];

const all = everySchema().flatMap(([name, schema]) =>
  leaves(schema).map((leaf): [string, Leaf] => [`${name}${leaf.path}`, leaf]),
);
const ofKind = (kind: Leaf["kind"]): [string, Leaf][] => all.filter(([, leaf]) => leaf.kind === kind);
const isFree = (path: string): boolean => lastName(path) in freeText;

test("[U] the walk over the schemas finds the fields of each one", () => {
  expect(all.length).toBeGreaterThan(200);
  expect(all.map(([path]) => path)).toEqual(
    expect.arrayContaining([
      "server.servers{}",
      "server.servers.*.connection.proxy.user",
      "api-token.apiToken.acls[]",
      "dns-cluster-member.dnsClusterMember.token",
      "topology.topology.trustedAddresses.*[]",
    ]),
  );
});

test.each(ofKind("text").filter(([path]) => !isFree(path)))(
  "[U] %s refuses text that would break a line",
  (_path, { schema }) => {
    const accepted = samples.filter((sample) => schema.safeParse(sample).success);
    expect(accepted).not.toEqual([]);
    const broken = accepted.flatMap((text) => damages.map(([, damage]) => damage(text)));
    expect(broken.filter((text) => schema.safeParse(text).success)).toEqual([]);
  },
);

test.each(ofKind("text").filter(([path]) => behindEqualsSign.test(path) && !isLogin(path)))(
  "[U] %s refuses an equals sign",
  (_path, { schema }) => {
    const accepted = samples.filter((sample) => schema.safeParse(sample).success);
    const broken = accepted.flatMap((text) => [`${text}=`, `=${text}`, `${text}=${text}`]);
    expect(broken.filter((text) => schema.safeParse(text).success)).toEqual([]);
  },
);

test("[U] only the fields listed here accept free text or are parsed later", () => {
  const names = (list: [string, Leaf][]): string[] =>
    [...new Set(list.map(([path]) => lastName(path)))].sort();
  const free = ofKind("text").filter(([, { schema }]) => schema.safeParse("two\nlines ").success);
  expect(names(free)).toEqual(Object.keys(freeText).sort());
  expect(names(ofKind("anything"))).toEqual(Object.keys(parsedLater).sort());
});

test.each(ofKind("text").filter(([path]) => path.endsWith(".token")))(
  "[U] %s refuses text that an HTTP header cannot hold",
  (_path, { schema }) => {
    const broken = ["\x01", "\x1b", "\x7f", "ü", "日", "\ud800"].map((mark) => `TOKEN${mark}TOKEN`);
    expect(broken.filter((text) => schema.safeParse(text).success)).toEqual([]);
  },
);

test("[U] the walk over the schemas reports an unknown kind of schema", () => {
  expect(() => leaves(z.object({ field: z.date() }))).toThrow("does not know ZodDate at .field");
});

/** The name of the field itself. */
function lastName(path: string): string {
  return path.split(".").at(-1) ?? "";
}

/** The name with which SSH logs in: it reaches no file. */
function isLogin(path: string): boolean {
  return /(connection|proxy)\.user$/.test(path);
}
