import { z } from "zod";
import { serverAddress } from "./addresses";
import { apiAccess } from "./api-access";
import { connection } from "./connection";
import { drain } from "./drain";
import { known } from "./known-part";
import { MalformedError, parse } from "./parse";
import { hostName, lineOfText, serverName } from "./values";

const plain = z.strictObject({
  /** `cpanel` for cPanel & WHM, `dnsonly` for cPanel DNSOnly. */
  type: z.enum(["cpanel", "dnsonly"], "must be cpanel or dnsonly"),
  /** Main address of the server. Other servers store it as the key of the member. */
  address: serverAddress.optional(),
  /** Address under which servers outside its network see it (NAT). */
  publicAddress: serverAddress.optional(),
  /** Host name that members store. @default the address under which the member is stored */
  hostname: hostName.optional(),
  /** Version of cPanel & WHM, such as 11.136.0.5. @default unknown; checked when a member is made */
  version: lineOfText.optional(),
  /** True when the server hosts no accounts and only answers DNS. @default true for dnsonly, else false */
  nameserver: z.boolean().optional(),
  /** Whether it may pass zones on to other nameservers. @default false */
  intermediary: z.boolean().optional(),
  /** Whether its zones are signed with DNSSEC. @default unknown */
  dnssec: z.boolean().optional(),
  /** Nameserver software. @default unknown */
  dnsServer: z.enum(["bind", "powerdns", "disabled"], "must be bind, powerdns or disabled").optional(),
  /** Takes the server out for a while: every link from and to it is stored as standalone. @default in service */
  drain: drain.optional(),
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

/** The facts about a server that rules read: no credentials, plain values only. */
export const plainServer = plain.superRefine(flagsFit);

/** A server and how to reach it, as the provider's configuration holds it. */
export const server = plain
  .extend({
    /** SSH connection. Needed for members, trusted addresses and reverse trusts. */
    connection: connection.optional(),
    /** HTTPS API. @default tokens are made with `whmapi1` over SSH */
    api: apiAccess.optional(),
    /**
     * Set to true when the server is gone for good: its resources are deleted from the state without contact.
     * @default false
     */
    forget: z.boolean().optional(),
    /**
     * `accept` takes the server as it is, even though it is not the one that was registered. For one run.
     * @default refused
     */
    identity: z.literal("accept", 'must be "accept", or be left out').optional(),
  })
  .superRefine(flagsFit);

/** A server as a program declares it. How to reach it may be unknown yet or come from another resource. */
export const declaredServer = plain
  .extend({
    connection: known(connection).optional(),
    api: known(apiAccess).optional(),
    forget: z.boolean().optional(),
    identity: z.literal("accept", 'must be "accept", or be left out').optional(),
  })
  .superRefine(flagsFit)
  .transform(
    ({ connection: _connection, api: _api, forget: _forget, identity: _identity, ...facts }): PlainServer =>
      facts,
  );

/** The facts about a server that rules read. */
export interface PlainServer extends z.output<typeof plainServer> {}
/** A server and how to reach it. */
export interface Server extends z.output<typeof server> {}

/** All servers of a provider by name, with how to reach them. This is the value of `whm:servers`. */
export const servers = z.record(serverName, server);

export type Servers = z.output<typeof servers>;
/** Servers as a user writes them. */
export type ServersInput = z.input<typeof servers>;

/**
 * Parses servers, and how to reach them, from the contents of a YAML or JSON file.
 *
 * @throws MalformedError with every field that is not as expected
 */
export function parseServers(value: unknown, subject: string): Servers {
  if (looksLikeTopology(value)) throw new MalformedError(subject, [`(root): ${ofTopology}`]);
  return parse(servers, value, subject);
}

const ofTopology =
  "is a topology, which does not say how to reach its servers; name the file that does, with the servers by name at its top";

function looksLikeTopology(value: unknown): boolean {
  return typeof value === "object" && value !== null && "servers" in value && "links" in value;
}
