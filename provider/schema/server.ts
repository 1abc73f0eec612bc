import { z } from "zod";
import { apiAccess } from "./api-access";
import { connection } from "./connection";
import { hostName, ipAddress, lineOfText, serverName } from "./values";

const plain = z.strictObject({
  /** `cpanel` for cPanel & WHM, `dnsonly` for cPanel DNSOnly. */
  type: z.enum(["cpanel", "dnsonly"], "must be cpanel or dnsonly"),
  /** The server's main address; other servers store it as the key of the member. */
  address: ipAddress.optional(),
  /** The address under which servers outside its network see it (NAT). */
  publicAddress: ipAddress.optional(),
  /** Host name that members store. */
  hostname: hostName.optional(),
  /** Version of cPanel & WHM, such as 11.136.0.5. @default unknown, checked when a member is made */
  version: lineOfText.optional(),
  /** True when the server hosts no accounts and only answers DNS. @default true for dnsonly, else false */
  nameserver: z.boolean().optional(),
  /** Permission to pass zones on to other nameservers. @default false */
  intermediary: z.boolean().optional(),
  /** Whether its zones are signed with DNSSEC. @default unknown */
  dnssec: z.boolean().optional(),
  /** The nameserver software. @default unknown */
  dnsServer: z.enum(["bind", "powerdns", "disabled"], "must be bind, powerdns or disabled").optional(),
});

function flagsFit(server: z.output<typeof plain>, context: z.RefinementCtx): void {
  if (server.type === "dnsonly" && server.nameserver === false) {
    context.addIssue({
      code: "custom",
      path: ["nameserver"],
      message: "a dnsonly server is always a nameserver; leave the field out or set it to true",
    });
  }
  if (server.type === "cpanel" && server.nameserver !== true && server.intermediary === true) {
    context.addIssue({
      code: "custom",
      path: ["intermediary"],
      message: "only a nameserver can be an intermediary; set nameserver: true if it hosts no accounts",
    });
  }
}

/** What the rules know of a server: no credentials, all plain values. */
export const plainServer = plain.superRefine(flagsFit);

/** A server and how to reach it, as the provider's configuration holds it. */
export const server = plain
  .extend({
    /** Reach it over SSH: needed for members, trusted addresses and reverse trust. */
    connection: connection.optional(),
    /** Reach its API over HTTPS. @default tokens are made with `whmapi1` over SSH */
    api: apiAccess.optional(),
    /** The server is gone for good: its resources are deleted from the state without contact. @default false */
    forget: z.boolean().optional(),
    /** `accept`: take the server as it is, though it is not the one that was registered. For one run. @default refused */
    identity: z.literal("accept", 'must be "accept", or be left out').optional(),
  })
  .superRefine(flagsFit);

/** A server as a program declares it: how to reach it may still be unknown, or come from another resource. */
export const declaredServer = plain
  .extend({
    connection: z.unknown().optional(),
    api: z.unknown().optional(),
    forget: z.boolean().optional(),
    identity: z.literal("accept", 'must be "accept", or be left out').optional(),
  })
  .superRefine(flagsFit)
  .transform(
    ({ connection: _connection, api: _api, forget: _forget, identity: _identity, ...known }): PlainServer =>
      known,
  );

/** What the rules know of a server. */
export interface PlainServer extends z.output<typeof plainServer> {}
/** A server and how to reach it. */
export interface Server extends z.output<typeof server> {}

/** All servers of a provider by name, with how to reach them: the value of `whm:servers`. */
export const servers = z.record(serverName, server);

export type Servers = z.output<typeof servers>;
/** The same as a user writes it. */
export type ServersInput = z.input<typeof servers>;
