import { z } from "zod";

// Values that travel into `key=value` files and command lines. CR, LF and NUL would open a second line or end a string
// early on the server. Blanks at the ends would be lost on the way back and show as drift for ever. Messages say what
// was expected and never repeat the value: it may be a secret.

const controlCharacter = /[\0\r\n]/;

/** One non-empty line of text: no CR, LF or NUL, no blank at either end. */
export const lineOfText = z
  .string()
  .min(1, "must not be empty")
  .refine((text) => !controlCharacter.test(text), "must not contain a line break or a NUL character")
  .refine((text) => text === text.trim(), "must not begin or end with a blank");

/** An IPv4 or IPv6 address. */
export const ipAddress = z.union([z.ipv4(), z.ipv6()], "must be an IPv4 or IPv6 address");

/** An IPv4 or IPv6 address, or a network in CIDR form, as the IP list of an API token takes them. */
export const ipAddressOrNetwork = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  "must be an IP address or a network such as 192.0.2.0/24",
);

/** A fully qualified or plain host name. */
export const hostName = lineOfText.regex(
  /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/,
  "must be a host name such as ns1.example.com",
);

/**
 * Owner of a resource: organization, project, stack and the resource's name, joined by slashes. What is made on a
 * server is claimed under this name, so that a run recognises its own things after an earlier run was killed.
 */
export const logicalName = lineOfText;

/** Name of a server in links, tokens and findings. */
export const serverName = lineOfText;

/** A WHM user name. */
export const userName = lineOfText.regex(/^[A-Za-z0-9._-]+$/, "must be a user name");

/** A public key or certificate as in `.pub` files, or its SHA-256 fingerprint as `ssh-add -l` shows it. */
export const agentIdentity = lineOfText.regex(
  /^(SHA256:[A-Za-z0-9+/]{43}|(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521))(-cert-v01@openssh\.com)? AAAA[A-Za-z0-9+/]{50,}={0,2}( .*)?)$/,
  "must be a public key such as `ssh-ed25519 AAAA...`, or its fingerprint such as `SHA256:...` (ssh-add -l)",
);

/** A TCP port. */
export const port = z.int().min(1).max(65535);

/** Secret of an API token, safe in an HTTP header and after an equals sign: printable, without blanks. */
export const tokenSecret = lineOfText.regex(
  /^[!-<>-~]+$/,
  "must be printable ASCII characters without blanks or an equals sign",
);

/** A time: seconds since 1970, or a text such as 2027-01-31T00:00:00Z. */
export const expiry = z.union(
  [z.int().positive(), z.iso.datetime({ offset: true })],
  "must be seconds since 1970 or a time such as 2027-01-31T00:00:00Z",
);

/** A day, which counts as a whole, or a time: 2027-01-31, or 2027-01-31T06:00:00Z. */
export const dayOrTime = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  "must be a day such as 2027-01-31 or a time such as 2027-01-31T06:00:00Z",
);

/** A duration in minutes, hours or days. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, "must be a number of minutes, hours or days such as 30m, 24h or 7d");
