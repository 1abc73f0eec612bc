import type * as pulumi from "@pulumi/pulumi";
import { parse } from "../../schema/parse";
import { isPacked, unpackJson } from "../../schema/packed-json";
import { servers as serversSchema } from "../../schema/server";
import { ServerRegistry } from "../../servers";
import { watchEngine } from "./engine-watch";

// Each provider resource is one process, whose configuration never changes. The engine may call a method before an
// awaited `configure` has ended, so everything here happens in one turn of the event loop.

let registry: ServerRegistry | undefined;
let problem: Error | undefined;
let forgotten = new Set<string>();

/** Stores the provider's configuration. A malformed one is reported by the first resource that needs a server. */
export function configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
  try {
    registry ??= readRegistry(request.config.get("whm:servers"));
  } catch (error) {
    problem = error as Error;
  }
  watchEngine();
  return Promise.resolve();
}

/** Returns the servers of this provider. */
export function servers(): ServerRegistry {
  if (registry) return registry;
  throw problem ?? new Error(noServers);
}

/** Names of the servers of this provider; none while its configuration is missing or malformed. */
export function configuredNames(): string[] {
  return registry?.names() ?? [];
}

/** Whether the user has marked a server as gone for good, so that its resources may be dropped without contact. */
export function isForgotten(name: string): boolean {
  return forgotten.has(name);
}

/** Names of the servers whose files can be read: they have a connection, and are not gone for good. */
export function readableNames(): string[] {
  const all = servers();
  return all.names().filter((name) => !isForgotten(name) && all.get(name).settings.connection !== undefined);
}

const noServers =
  "The provider knows no servers. Give the resource a whm.Provider, or set them for the stack: pulumi config set --secret whm:servers < servers.json.";

function readRegistry(text: string | undefined): ServerRegistry {
  if (text === undefined) throw new Error(noServers);
  const settings = parse(serversSchema, fromJson(text), sourceOf(text));
  const marked = Object.keys(settings).filter((name) => settings[name]?.forget === true);
  forgotten = new Set([...marked, ...namesIn(process.env["PULUMI_WHM_FORGET"])]);
  return new ServerRegistry(settings);
}

/** Says where a provider's servers come from. Programs pack theirs; people write JSON. */
function sourceOf(text: string): string {
  return isPacked(text)
    ? "The argument servers of the Provider or DnsCluster"
    : "The configuration whm:servers of the stack";
}

function namesIn(list: string | undefined): string[] {
  return (list ?? "").split(",").map((name) => name.trim());
}

function fromJson(text: string): unknown {
  try {
    return unpackJson(text);
  } catch {
    // The parser's own message would repeat part of the text, which contains secrets.
    throw new Error("The configuration whm:servers is not JSON.");
  }
}
