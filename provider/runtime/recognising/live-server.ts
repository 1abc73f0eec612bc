import { ServerError, isDnsonly, registerOf, type Server } from "../../servers";
import { isSupported } from "../../topology/model/version";
import { recognise } from "./recognised";

// The declaration of a server decides which links the rules allow, so it must be true.

/**
 * Refuses a server whose files show another product than declared, or one too old for a cluster. This can't change
 * during a run, so each server is checked once.
 */
export function refuseMisdeclared(server: Server): Promise<void> {
  if (!server.settings.connection) return Promise.resolve();
  const known = judged.get(server) ?? judge(server);
  judged.set(server, known);
  known.catch(() => judged.delete(server));
  return known;
}

/** Result for each server. Neither its type nor its version changes during a run. */
const judged = new WeakMap<Server, Promise<void>>();

async function judge(server: Server): Promise<void> {
  await recognise(server);
  const [dnsonly, { version }] = await Promise.all([isDnsonly(server), registerOf(server).recognise()]);
  const { type } = server.settings;
  if (dnsonly !== (type === "dnsonly")) throw otherProduct(server, dnsonly);
  if (!isSupported(version)) throw tooOld(server, version);
}

function otherProduct(server: Server, dnsonly: boolean): ServerError {
  const [is, declared] = dnsonly ? ["cPanel DNSOnly", "cpanel"] : ["cPanel & WHM", "dnsonly"];
  const advice = dnsonly
    ? "Declare it with type: dnsonly."
    : "Declare it with type: cpanel, and with nameserver: true if it hosts no accounts.";
  return new ServerError({
    code: "differs",
    server: server.name,
    phrase: "link the server",
    said: `it is declared as ${declared}, but ${is} runs there`,
    wayOut: `${advice} Which links are allowed depends on it.`,
  });
}

function tooOld(server: Server, version: string): ServerError {
  return new ServerError({
    code: "unsupported-version",
    server: server.name,
    phrase: "link the server",
    said: `version ${version} runs there, and a cluster needs 11 or later (rule supported-version)`,
    wayOut: "Update cPanel & WHM on it first.",
  });
}
