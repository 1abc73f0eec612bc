import {
  anotherServer,
  hostMark,
  isHost,
  registerOf,
  strangeness,
  type Recognition,
  type Server,
} from "../../servers";
import { isForgotten, servers } from "../engine/session";
import { warn } from "../engine/warn";

/** Servers that were reported as accepted although they differ. Each is reported once. */
const told = new WeakSet<Recognition>();

/**
 * Checks that a server is a WHM server, and the one that its register and a state know, before anything there is
 * believed or written. A server without a connection has no files to check.
 *
 * @param known mark by which the state recognises it
 * @throws ServerError `not-whm` or `another-server`
 */
export async function recogniseHost(name: string, known?: string): Promise<void> {
  await recognise(servers().get(name), known);
}

export async function recognise(server: Server, known?: string): Promise<void> {
  if (!server.settings.connection) return;
  const found = await registerOf(server).recognise();
  if (found.accepted !== undefined)
    tell(found, `${server.name} is accepted as it is, though ${found.accepted}.`);
  if (known === undefined || isHost(known, found)) return;
  if (server.settings.identity !== "accept") throw anotherServer(server, unlike(known, found));
  tell(found, `${server.name} is accepted, though it is not the server that the state speaks of.`);
}

/**
 * Marks by which the state of this run recognises servers, as seen from the engine. A new resource knows nothing of its
 * server, but the one that it replaces, or its gate, does. They are only remembered here; a preview contacts nobody.
 */
const knownHosts = new Map<string, string>();

export function rememberHost(name: string, known: string | undefined): void {
  if (known !== undefined) knownHosts.set(name, known);
}

/**
 * Checks, before something is made, that the server is still the one on which the state has something already or, if it
 * has nothing, the one that is declared.
 *
 * @throws ServerError `not-whm` or `another-server`
 */
export async function refuseAnotherHost(name: string): Promise<void> {
  if (!isForgotten(name)) await refuseOtherThan(knownHosts.get(name), name);
}

/**
 * Refuses a server that is not the known one or, if none is known, probably not the declared one.
 *
 * @throws ServerError `not-whm` or `another-server`
 */
export async function refuseOtherThan(known: string | undefined, name: string): Promise<void> {
  await (known === undefined ? refuseStranger(name) : recogniseHost(name, known));
}

/** Refuses a machine that nobody has registered yet and that is probably not the declared one. */
async function refuseStranger(name: string): Promise<void> {
  const found = await recognitionOf(name);
  const server = servers().get(name);
  const why = found && strangeness(found, server.settings);
  if (!found || why === undefined) return;
  if (!isAccepted(name)) throw anotherServer(server, why);
  tell(found, `${name} is accepted as it is: ${why}.`);
}

/** Reads what a server says about itself; undefined for one without a connection, which has no files to read. */
export async function recognitionOf(name: string): Promise<Recognition | undefined> {
  const server = servers().get(name);
  return server.settings.connection && registerOf(server).recognise();
}

/** Whether the user has said to accept a server as the expected one, whatever was known of it. */
export function isAccepted(name: string): boolean {
  return servers().get(name).settings.identity === "accept";
}

/** Returns the mark by which a state recognises a server; nothing for a server that says nothing about itself. */
export async function hostMarkOf(name: string): Promise<{ host?: string }> {
  const found = await recognitionOf(name);
  const mark = found && hostMark(found);
  return mark === undefined ? {} : { host: mark };
}

function tell(found: Recognition, sentence: string): void {
  if (!told.has(found)) warn(sentence);
  told.add(found);
}

function unlike(known: string, { record, machine }: Recognition): string {
  const [id = ""] = known.split(".");
  const expected = id === "" ? "another machine" : `the server registered as ${id}`;
  const name = machine.hostname ?? "a machine without /etc/hostname";
  const registered = record ? `registered as ${record.id}` : "on which nothing is registered";
  return `the state expects ${expected}, but ${name}, ${registered}, answered`;
}
