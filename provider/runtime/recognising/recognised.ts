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

/** Servers of which has been said that they were accepted though they differ: it is said once. */
const told = new WeakSet<Recognition>();

/**
 * Looks whether a server is a WHM server, and the one that its register and a state speak of, before anything there is
 * believed or written. One without a connection has no files that could be looked at.
 *
 * @param known by what the state knows it
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
 * By what the state of this run knows servers again, as the engine has shown it: a resource that is made knows nothing of its
 * server, and the one that it replaces, or its gate, does. It is only remembered here; a preview contacts nobody.
 */
const knownHosts = new Map<string, string>();

export function rememberHost(name: string, known: string | undefined): void {
  if (known !== undefined) knownHosts.set(name, known);
}

/**
 * Looks, before something is made, whether the server is still the one on which the state has something already or, where
 * it has nothing, the one that is declared.
 *
 * @throws ServerError `not-whm` or `another-server`
 */
export async function refuseAnotherHost(name: string): Promise<void> {
  if (!isForgotten(name)) await refuseOtherThan(knownHosts.get(name), name);
}

/**
 * Refuses a server that is not the known one or, where nothing is known of it, hardly the one that is declared.
 *
 * @throws ServerError `not-whm` or `another-server`
 */
export async function refuseOtherThan(known: string | undefined, name: string): Promise<void> {
  await (known === undefined ? refuseStranger(name) : recogniseHost(name, known));
}

/** Refuses a machine that nobody has registered yet and that is hardly the one that is declared. */
async function refuseStranger(name: string): Promise<void> {
  const found = await recognitionOf(name);
  const server = servers().get(name);
  const why = found && strangeness(found, server.settings);
  if (!found || why === undefined) return;
  if (!isAccepted(name)) throw anotherServer(server, why);
  tell(found, `${name} is accepted as it is: ${why}.`);
}

/** What a server says of itself; undefined for one without a connection, which has no files to look at. */
export async function recognitionOf(name: string): Promise<Recognition | undefined> {
  const server = servers().get(name);
  return server.settings.connection && registerOf(server).recognise();
}

/** Whether the user has said that a server counts as the one that it is taken for, whatever was known of it. */
export function isAccepted(name: string): boolean {
  return servers().get(name).settings.identity === "accept";
}

/** By what a state knows a server again; nothing for a server that says nothing of itself. */
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
