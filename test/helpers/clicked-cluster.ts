import type { Simulator } from "../../provider/simulator";
import { addToken, editTokens, type StoredToken } from "./stored-tokens";
import { memberFile } from "./server-files";

/** A simulator or a testbed. */
export type Bed = Pick<Simulator, "servers" | "files">;

/** An entry as somebody makes it by hand in WHM. */
export interface ClickedEntry {
  /** Name of the server that stores the entry. */
  readonly from: string;
  /** Name of the server that the entry is about. */
  readonly to: string;
  readonly role: "sync" | "write-only" | "standalone";
  /** Secret of the token. @default a new token of its own, with clustering alone and accepted from anywhere */
  readonly secret?: string;
  /** Settings of the new token. */
  readonly token?: Partial<StoredToken>;
  /** Host name in the member file. @default the host name of the server */
  readonly host?: string;
  /** Address under which it is stored. @default the address of the server */
  readonly address?: string | undefined;
  readonly user?: string;
}

/** Links servers as WHM's pages do, through the back door. Leaves nothing in the journal. */
export function clickEntries(simulator: Bed, entries: readonly ClickedEntry[]): void {
  for (const entry of entries) clickEntry(simulator, entry);
}

/** Adds a line to a server's trusted addresses. */
export function clickAddress(simulator: Bed, server: string, ...addresses: string[]): void {
  const files = simulator.files(server);
  const text = files.read("/etc/ips.remotedns") ?? "";
  files.write("/etc/ips.remotedns", `${text}${addresses.map((address) => `${address}\n`).join("")}`, 0o644);
}

function clickEntry(simulator: Bed, entry: ClickedEntry): void {
  const { from, to, role, host = simulator.servers[to]?.hostname ?? to, user = "root" } = entry;
  const address = entry.address ?? simulator.servers[to]?.address ?? to;
  const secret = entry.secret ?? newToken(simulator, entry, `clicked_for_${from}`);
  const files = simulator.files(from);
  const lines = [
    "#version 2.0",
    `user=${user}`,
    `host=${host}`,
    `pass=${secret}`,
    "module=cPanel",
    "debug=0",
  ];
  files.write(memberFile(address), `${lines.join("\n")}\n`, 0o600);
  files.write(`${memberFile(address)}-dnsrole`, role, 0o600);
  files.write("/var/cpanel/useclusteringdns", "", 0o644);
}

function newToken(simulator: Bed, { to, token = {} }: ClickedEntry, name: string): string {
  const secret = addToken(simulator, to, token.name ?? name);
  editTokens(simulator, to, (found) =>
    found.name === (token.name ?? name) ? { ...found, ...token } : found,
  );
  return secret;
}
