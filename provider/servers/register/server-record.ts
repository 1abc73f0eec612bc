import { randomBytes } from "node:crypto";
import { z } from "zod";
import { ServerError } from "../errors";
import type { Server } from "../server";
import type { Machine } from "./machine";
import { inRegister, recordName } from "./paths";

const record = z.looseObject({
  format: z.literal(1),
  /** Made at first contact. */
  id: z.string().min(1),
  hostname: z.string().optional(),
  address: z.string().optional(),
  machineId: z.string().optional(),
  /** Address in the program at first contact. */
  declaredAddress: z.string().optional(),
  declaredHostname: z.string().optional(),
  made: z.string(),
});

/** Content of `server.json`. Keys of later versions are kept. */
export type ServerRecord = z.output<typeof record>;

export function newRecord({ settings }: Server, machine: Machine): ServerRecord {
  return {
    format: 1,
    id: randomBytes(6).toString("hex"),
    ...machine,
    declaredAddress: settings.address,
    declaredHostname: settings.hostname?.toLowerCase(),
    made: new Date().toISOString(),
  };
}

export function recordText(of: ServerRecord): string {
  return `${JSON.stringify(of, undefined, 2)}\n`;
}

/** @throws ServerError `damaged-register` for a text that this version doesn't understand */
export function parseRecord(server: Server, text: string): ServerRecord {
  return parseEntry(server, record, { name: recordName, text });
}

/**
 * Parses an entry of the register.
 *
 * @throws ServerError `damaged-register` for a text that this version doesn't understand
 */
export function parseEntry<Schema extends z.ZodType>(
  server: Server,
  schema: Schema,
  { name, text }: { name: string; text: string },
): z.output<Schema> {
  const result = schema.safeParse(jsonOf(text));
  if (result.success) return result.data;
  throw new ServerError({
    code: "damaged-register",
    server: server.name,
    phrase: `read ${inRegister(name)}`,
    said: "it is of a newer version of pulumi-whm, or was changed by hand",
    wayOut:
      "Install the newest pulumi-whm. If that is no help, remove the file and run `pulumi up --refresh`: what belongs to the stack is claimed again.",
  });
}

/** Parses JSON; undefined for any other text, such as an interrupted write leaves. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
