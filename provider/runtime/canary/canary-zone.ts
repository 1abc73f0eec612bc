import { createHash, randomBytes } from "node:crypto";

// A canary is a zone that no user can have: its name is new each time, and so is the address in it, by which it is known
// again before it is deleted.

const label = /^pulumi-whm-canary-[0-9a-f]{20}$/;

/** Returns the name of a new canary beneath a domain. */
export function newCanaryZone(domain: string): string {
  return `pulumi-whm-canary-${randomBytes(10).toString("hex")}.${domain}`;
}

/** Whether a zone has the name of a canary. */
export function isCanaryZone(zone: string): boolean {
  return label.test(zone.split(".")[0] ?? "");
}

/** Returns the address in a canary, derived from its name and the id of its claim. It leads nowhere but to the asker. */
export function canaryAddress(zone: string, claimId: string): string {
  const [one = 0, two = 0, three = 0] = createHash("sha256").update(`${claimId} ${zone}`).digest();
  return `127.${one}.${two}.${three}`;
}

/** Whether the text of a zone file is that of a canary. */
export function isCanaryText(text: string, address: string): boolean {
  return text.split("\n").some((line) => {
    const words = line.trim().split(/\s+/);
    return words.at(-1) === address && words.at(-2)?.toUpperCase() === "A";
  });
}
