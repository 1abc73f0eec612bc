import { z } from "zod";
import { hostName, lineOfText } from "./values";

// Addresses and host names as people write them. A hint says what was probably meant.

const isIpv4 = (text: string): boolean => z.ipv4().safeParse(text).success;
const isIpv6 = (text: string): boolean => z.ipv6().safeParse(text).success;
const isHostName = (text: string): boolean => hostName.safeParse(text).success;

/** Addresses that lead to no other server. Of 127.0.0.0/8 the part that systems give out: test networks use the rest. */
const nobody: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^127\.0\.|^::1$/, "a loopback address leads each server to itself"],
  [/^0\.|^::$/, "it stands for any address of a machine, not for one server"],
  [/^22[4-9]\.|^23\d\.|^ff/i, "it is a multicast address"],
  [/^255\.255\.255\.255$/, "it is the broadcast address"],
  [/^169\.254\.|^fe[89ab][0-9a-f]:/i, "a link-local address leads nowhere beyond its own network"],
];

/** Returns why no other server can be reached at an address; undefined if one may be. */
function whyNobody(address: string): string | undefined {
  return nobody.find(([pattern]) => pattern.test(address))?.[1];
}

/** Says what else a text is that should be an address alone; undefined for a text without a meaning. */
function hintFor(text: string): string | undefined {
  const plain = text.trim();
  if (plain !== text) return "leave the blanks out";
  if (/^[a-z]+:\/\//i.test(text)) return "leave out the scheme and the path";
  if (/\/\d+$/.test(text)) return "it is a network; write the address of the server alone";
  if (/^\[.*\](:\d+)?$|^[^:]+:\d+$/.test(text))
    return "leave out brackets and port: the port belongs in connection.port or api.port";
  if (/^[\d.]+$/.test(text)) return "it has four numbers from 0 to 255, without leading zeros";
  const isName = isHostName(text.replace(/\.$/, "")) || /[^\0-\x7f]/.test(text);
  return isName ? `${nameHint}: write the address that it resolves to (getent ahostsv4 ${text})` : undefined;
}

const nameHint = "it is a host name, and other servers store addresses";

/** Returns the host name that a problem finds in the place of an address; undefined for any other problem. */
export function misplacedName(problemText: string): string | undefined {
  return problemText.includes(nameHint) ? /\(getent ahostsv4 (\S+)\)$/.exec(problemText)?.[1] : undefined;
}

function leadsSomewhere(address: string, context: z.RefinementCtx): void {
  const hint = /^::ffff:\d/i.test(address)
    ? "it is IPv4 in the form of IPv6: write the IPv4 address alone"
    : whyNobody(address);
  if (hint === undefined) return;
  context.addIssue({ code: "custom", message: expectedAddress, params: { hint } });
}

const expectedAddress = "must be an IPv4 or IPv6 address";

/** Address of a server: one that other machines can reach. */
export const serverAddress = z.union([z.ipv4(), z.ipv6()], expectedAddress).superRefine(leadsSomewhere);

/** Address under which a server is stored as a member. WHM stores IPv4 addresses only. */
export const memberAddress = z.ipv4("must be an IPv4 address such as 192.0.2.53").superRefine(leadsSomewhere);

/** Says what was probably meant by a text that is refused with such a message; undefined if that is not known. */
export function hintOf(message: string, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (message.startsWith("must be a host name such as")) return hintForName(value);
  return message.startsWith("must be an IPv4") ? hintFor(value) : undefined;
}

/** A name that is right elsewhere: servers store it in ASCII, without a final dot. */
function hintForName(text: string): string | undefined {
  if (/[\s/@:[\]?#\\]/.test(text)) return undefined;
  if (text.endsWith(".")) return "leave out the final dot";
  const url = `http://${text}`;
  return /[^\0-\x7f]/.test(text) && URL.canParse(url) ? `servers store ${new URL(url).hostname}` : undefined;
}

/** Where to connect to: a host name, also in another script and with a final dot, or an address. */
export const hostOrAddress = lineOfText.superRefine((text, context) => {
  if (isIpv4(text) || isIpv6(text.replace(/%[\w.-]+$/, ""))) return;
  // Letters of any script. Signs for a shell are none: errors write a host into commands that people copy.
  const isName = /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u.test(text);
  if (isName) return;
  context.addIssue({
    code: "custom",
    message: "must be a host name or an address alone",
    params: { hint: hostHint(text) },
  });
});

function hostHint(text: string): string | undefined {
  if (text.includes("://")) return "leave out the scheme and the path";
  if (text.includes("@")) return "the log-in name belongs in user";
  if (text.startsWith("[")) return "write an IPv6 address without brackets, and its port in port";
  return /:\d+$/.test(text) ? "its port belongs in port" : undefined;
}
