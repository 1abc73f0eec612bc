import { z } from "zod";
import { flag, integer, text, texts } from "../wire";

/** Details of an API token as WHM reports them; never the secret. */
export interface ApiTokenDetails {
  name: string;
  /** Privileges, sorted. */
  acls: string[];
  /** Seconds since 1970. */
  createTime: number | undefined;
  /** Seconds since 1970; undefined means never. */
  expiresAt: number | undefined;
  /** Addresses and networks from which the token is accepted, as WHM writes them; empty means any. */
  whitelistIps: string[];
}

/** A list in some replies, a map of 0 and 1 over all known privileges in others. */
const acls = z
  .union([
    z.array(text),
    z.record(z.string(), flag).transform((map) => Object.keys(map).filter((name) => map[name])),
  ])
  .nullish()
  .transform((names) => [...(names ?? [])].sort());

/** Fields that the replies of all token functions share. */
export const tokenWire = z
  .object({
    name: text,
    acls,
    create_time: integer.nullish(),
    expires_at: integer.nullish(),
    whitelist_ips: texts,
  })
  .transform((token): ApiTokenDetails => ({
    name: token.name,
    acls: token.acls,
    createTime: token.create_time ?? undefined,
    expiresAt: token.expires_at || undefined,
    whitelistIps: token.whitelist_ips,
  }));
