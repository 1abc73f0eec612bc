import { createHmac } from "node:crypto";
import { describeKey, parseHostKeys } from "../../../provider/servers/ssh/host-key";
import { knownKeys } from "../../../provider/servers/ssh/known-hosts";
import { keyPair } from "../helpers/keys";

const key = keyPair().publicKey.trim();
const other = keyPair("ecdsa").publicKey.trim();

function hashed(name: string): string {
  const salt = Buffer.from("0123456789abcdefghij");
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

function count(text: string, host = "ns1.example.com", port = 22): [trusted: number, revoked: number] {
  const { trusted, revoked } = knownKeys(text, host, port);
  return [trusted.length, revoked.length];
}

describe("known_hosts", () => {
  test.each([
    ["a plain name", `ns1.example.com ${key}`, 1],
    ["a name among several", `a,ns1.example.com,192.0.2.53 ${key} comment`, 1],
    ["a name in upper case", `NS1.Example.COM ${key}`, 1],
    ["a wildcard", `*.example.com ${key}`, 1],
    ["a question mark", `ns?.example.com ${key}`, 1],
    ["a hashed name", `${hashed("ns1.example.com")} ${key}`, 1],
    ["two keys of one host", `ns1.example.com ${key}\nns1.example.com ${other}\r\n`, 2],
    ["a different host name", `ns2.example.com ${key}`, 0],
    ["a name with only the same ending", `1.example.com ${key}`, 0],
    ["a dot, which is not a wildcard", `ns1xexample.com ${key}`, 0],
    ["a negated name beside a wildcard", `*.example.com,!ns1.example.com ${key}`, 0],
    ["a negated name alone", `!ns2.example.com ${key}`, 0],
    ["another host's hash", `${hashed("ns2.example.com")} ${key}`, 0],
    ["a broken hash", `|1|xx ${key}`, 0],
    ["a certificate authority", `@cert-authority *.example.com ${key}`, 0],
    ["a mark that is not known", `@cert-authorty ns1.example.com ${key}`, 0],
    ["a mark in capitals", `@CERT-AUTHORITY ns1.example.com ${key}`, 0],
    ["two marks", `@cert-authority @revoked ns1.example.com ${key}`, 0],
    ["a comment", `# ns1.example.com ${key}`, 0],
    ["a broken key", "ns1.example.com ssh-ed25519 AAAA", 0],
    ["an unknown kind of key", "ns1.example.com ssh-strange AAAA", 0],
    ["the name at another port", `[ns1.example.com]:2222 ${key}`, 0],
    ["an empty file", "\n\n", 0],
  ])("[U] finds the right number of keys for %s", (_case, text, trusted) => {
    expect(count(text)).toEqual([trusted, 0]);
  });

  test.each([
    ["a name with the port", `[ns1.example.com]:2222 ${key}`, 1],
    ["a hashed name with the port", `${hashed("[ns1.example.com]:2222")} ${key}`, 1],
    ["a name without port", `ns1.example.com ${key}`, 0],
  ])("[U] finds the right number of keys at another port than 22 for %s", (_case, text, trusted) => {
    expect(count(text, "ns1.example.com", 2222)).toEqual([trusted, 0]);
  });

  test("[U] separates revoked keys", () => {
    expect(count(`@revoked * ${key}\nns1.example.com ${other}`)).toEqual([1, 1]);
  });
});

describe("a public key's text", () => {
  test.each([
    ["as in authorized_keys", key],
    ["with options before it", `no-pty ${key}`],
    ["as in known_hosts", `ns1.example.com,192.0.2.53 ${key} comment`],
    ["with blanks around it", `  ${key}\r\n`],
  ])("[U] is read %s", (_case, text) => {
    expect(parseHostKeys(text).map((found) => found.type)).toEqual(["ssh-ed25519"]);
  });

  test("[U] has the fingerprint that OpenSSH prints", () => {
    const pinned = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    const blob = parseHostKeys(pinned)[0]?.blob ?? Buffer.alloc(0);
    expect(describeKey(blob)).toBe("ssh-ed25519 SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA");
  });
});
