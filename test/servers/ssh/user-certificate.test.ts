import type { ParsedKey } from "ssh2";
import { utils } from "ssh2";
import { ErrorReporter, type ServerError } from "../../../provider/servers/errors";
import { Secret } from "../../../provider/servers/secret";
import { certificateOf } from "../../../provider/servers/ssh/certificates/certified-key";
import { withPlainName } from "../../../provider/servers/ssh/certificates/offer-certificates";
import { refusedCertificates } from "../../../provider/servers/ssh/certificates/refused-certificates";
import {
  certificateIn,
  readCertificate,
  withCertificate,
} from "../../../provider/servers/ssh/certificates/user-certificate";
import { lengthAndBytes } from "../../../provider/servers/ssh/wire";
import { keyPair } from "../helpers/keys";
import { type CertificateFields, certificateText } from "../helpers/make-certificate";

const now = Date.parse("2030-06-01T10:30:00Z");
const seconds = BigInt(now / 1000);
const reporter = new ErrorReporter("web1");
const keys = keyPair();
const key = utils.parseKey(keys.privateKey) as ParsedKey;
const own = key.getPublicSSH();

function given(text: string, isImplied = false): Parameters<typeof readCertificate>[0] {
  return { text: new Secret(text), place: "connection.certificateFile /k-cert.pub", isImplied };
}

function errorOf(work: () => unknown): ServerError {
  try {
    work();
  } catch (error) {
    return error as ServerError;
  }
  throw new Error("it was accepted");
}

describe("a certificate that is named", () => {
  test.each<[string, string, string, string]>([
    ["has expired", certificateText({ before: seconds }), "it expired on 2030-06-01 10:30 UTC", "clock says"],
    [
      "is of the future",
      certificateText({ after: seconds + 60n }),
      "it is not valid before 2030-06-01 10:31 UTC",
      "Wait",
    ],
    ["is for hosts", certificateText({ type: 2 }), "it is a host's certificate", "without -h"],
    ["is a public key", keys.publicKey, "it is a public key alone, without a certificate", "FILE-cert.pub"],
    ["is a private key", keys.privateKey, "it is a private key", "FILE-cert.pub"],
    ["is another text", "Dear root,", "it is no certificate", "ssh-keygen -s CA"],
    ["is empty", "", "it is no certificate", "ssh-keygen -s CA"],
    [
      "is of a security token",
      "sk-ssh-ed25519-cert-v01@openssh.com AAAA",
      "a certificate of the kind sk-ssh-ed25519-cert-v01@openssh.com can't be used",
      "security tokens",
    ],
  ])("[U] and %s is refused before anything is dialled", (_what, text, said, wayOut) => {
    const error = errorOf(() => readCertificate(given(text), reporter, now));
    expect(error).toMatchObject({ code: "invalid-value", said });
    expect(error.message).toContain("use the certificate connection.certificateFile /k-cert.pub on web1");
    expect(error.wayOut).toContain(wayOut);
    expect(error.message).not.toContain("BEGIN");
  });

  test("[U] and is of another key is refused with both", () => {
    const other = keyPair().publicKey.split(" ")[1]!;
    const text = certificateText({ key: Buffer.from(other, "base64") });
    const error = errorOf(() => withCertificate(key, given(text), "connection.privateKeyFile /k", reporter));
    expect(error.said).toMatch(
      /^it certifies the key SHA256:\S+, but connection.privateKeyFile \/k is SHA256:/,
    );
  });

  test("[U] and is of the key is offered with it", () => {
    const certified = withCertificate(key, given(certificateText({ key: own })), "", reporter)!;
    expect(certificateOf(certified)?.principals).toEqual(["root"]);
    expect(certified.type).toBe("ssh-ed25519");
    expect(certified.isPrivateKey()).toBe(true);
    expect(key.verify("data", certified.sign("data"))).toBe(true);
    expect(certificateOf(key)).toBeUndefined();
  });
});

test.each<[string, string, boolean]>([
  ["that has expired", certificateText({ key: own, before: 1n }), true],
  ["of another key", certificateText({}), false],
  ["for hosts", certificateText({ key: own, type: 2 }), false],
  ["that is none", "nothing of use", false],
])("[U] a certificate that only lies beside the key, %s, never stops a log-in", (_which, text, isOffered) => {
  const certified = withCertificate(key, given(text, true), "", reporter);
  expect(certified !== undefined).toBe(isOffered);
});

describe("a refused certificate", () => {
  const reason = (...each: CertificateFields[]): string =>
    refusedCertificates(
      each.map((fields) => certificateIn(certificateText({ keyId: "daily", ...fields }))!),
      "root",
      now,
    );

  test.each<[string, CertificateFields, string]>([
    [
      "has expired",
      { before: seconds },
      'The certificate "daily" expired on 2030-06-01 10:30 UTC: have a new one signed.',
    ],
    [
      "is of the future",
      { after: seconds + 60n },
      'The certificate "daily" is not valid before 2030-06-01 10:31 UTC.',
    ],
    [
      "is of a time that no calendar has",
      { after: 2n ** 63n },
      'The certificate "daily" is not valid before the year 9999.',
    ],
    [
      "names nobody",
      { principals: [] },
      'The certificate "daily" names no login: have it signed with -n root.',
    ],
    [
      "names others",
      { principals: ["a", "b", "c", "d", "e", "f"] },
      'The certificate "daily" is for a, b, c, d, e, …, not for root:',
    ],
    [
      "is limited",
      { options: "force-command" },
      "is for root, and is limited by force-command. The server must trust",
    ],
    ["has no name", { keyId: "" }, "The certificate of ssh-ed25519 SHA256:"],
    ["has a name that plays with the terminal", { keyId: `a\u001b[2J\n${"b".repeat(99)}` }, '"a [2J bbbbb'],
  ])("[U] that %s is told so", (_what, fields, said) => {
    expect(reason(fields)).toContain(said);
    expect(reason(fields).length).toBeLessThan(400);
  });

  test("[U] among many is told once, and no more than three are", () => {
    expect(reason({}, {})).toBe(reason({}));
    const many = Array.from({ length: 9 }, (_, index) => ({ principals: [`user${index}`] }));
    expect(reason(...many).match(/is for/g)).toHaveLength(3);
  });
});

describe("the signature of a log-in", () => {
  const [certified, plain] = ["ssh-ed25519-cert-v01@openssh.com", "ssh-ed25519"];
  const head = Buffer.concat([
    Buffer.of(50),
    ...["root", "ssh-connection", "publickey"].map(lengthAndBytes),
    Buffer.of(1),
    ...[certified, "key"].map(lengthAndBytes),
  ]);
  const signed = (algorithm: string): Buffer =>
    Buffer.concat([head, lengthAndBytes(Buffer.concat([algorithm, "signature"].map(lengthAndBytes)))]);

  test("[U] gets the plain name of its algorithm, and nothing else changes", () => {
    expect(withPlainName(signed(certified), certified, plain)).toEqual(signed(plain));
  });

  test("[U] is left alone if it has that name already: ssh2 may learn it", () => {
    expect(withPlainName(signed(plain), certified, plain)).toEqual(signed(plain));
  });
});
