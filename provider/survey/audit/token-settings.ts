import { canonicalEntry, timeText } from "../../topology";

/** Normalises privileges. A token with every privilege is reported with each of them, or without a list. */
export function privilegesOf(acls: readonly string[]): string[] {
  if (acls.length === 0 || acls.includes("all")) return ["all"];
  return [...new Set(acls)].sort();
}

/** Normalises a list of addresses and networks; WHM writes IPv6 addresses in full. */
export function addressesIn(whitelistIps: readonly string[]): string[] {
  return [...new Set(whitelistIps.map(canonicalEntry))].sort();
}

/** Whether two normalised lists are the same. */
export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.join(" ") === other.join(" ");
}

/** Formats a list of addresses for people. */
export function addressesText(whitelistIps: readonly string[]): string {
  return whitelistIps.length === 0 ? "any address" : addressesIn(whitelistIps).join(", ");
}

/** Formats the expiry of a token. */
export function expiryText(seconds: number | undefined): string {
  return seconds === undefined ? "never" : timeText(seconds);
}

/** Returns a declared time in seconds since 1970. */
export function inSeconds(time: number | string): number {
  return typeof time === "number" ? time : Math.floor(Date.parse(time) / 1000);
}
