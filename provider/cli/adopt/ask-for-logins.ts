import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { schemaComment } from "../../files/schema-comment";
import type { Servers } from "../../schema/server";
import type { Survey } from "../../survey";
import { exitCodes, type ExitCode } from "../exit-codes";
import { fileProblem } from "../file-problem";
import { printable, printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import { writePrivately } from "../write-privately";
import type { AdoptOptions } from "./adopt-options";
import type { UnknownServer } from "./discover";
import { keepFromGit } from "./ignored-files";
import { blocksToFillIn } from "./logins-to-fill-in";
import type { Start } from "./starting-connections";

const fileName = "connections.yaml";

/** Servers that were found, and that nothing says how to log in to. */
export interface Asked {
  readonly options: AdoptOptions;
  readonly start: Start;
  readonly survey: Survey;
  readonly unknown: readonly UnknownServer[];
}

/** Writes a file with the connections known so far, in which the user says how to log in to the other servers. */
export async function askForLogins(asked: Asked, { streams }: Surroundings): Promise<ExitCode> {
  const { options, survey, unknown } = asked;
  const { out, json } = options;
  const file = join(out, fileName);
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw fileProblem("make", out, error);
  });
  await writeToFillIn(file, asked);
  keepFromGit(out, fileName, streams);
  const unreadable = [...survey.unreadable.values()].map(({ server, message }) => ({ server, message }));
  if (json) printJson(streams.output, { connections: file, toFillIn: unknown, unreadable });
  else {
    printLines(streams.output, ...sentences(file, asked).map(printable));
    if (unreadable.length > 0)
      printLines(streams.errors, ...unreadable.map(({ message }) => printable(message)));
  }
  return exitCodes.unreadable;
}

function sentences(file: string, { options, start, unknown }: Asked): string[] {
  const [first = ""] = start.names;
  const { out, stack } = options;
  const rest = stack === undefined ? [] : ["--stack", stack];
  const words = ["adopt", "--connections", file, "--from", first, "--out", out, ...rest];
  return [
    unknown.length === 1
      ? "One server is a member of the cluster, and nothing says how to log in to it:"
      : `${unknown.length} servers are members of the cluster, and nothing says how to log in to them:`,
    ...unknown.map((server) => `  ${server.name}: ${addressesOf(server)}, a member on ${server.holder}`),
    `Say it in ${file}, then run:`,
    `  whm-dns ${words.map(asWord).join(" ")}`,
    "To leave a server out, remove it from the file and run that without --from.",
    `If they take the same log-in as ${first}, run this command again with --same-login.`,
  ];
}

function addressesOf({ address, otherAddress, host }: UnknownServer): string {
  const addresses = otherAddress === undefined ? address : `${address} and ${otherAddress}`;
  return host === address ? addresses : `${addresses} (${host})`;
}

/** Writes a word as a shell reads it. */
function asWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * Writes the file, or appends to it where it holds the connections of this command.
 *
 * @throws UsageError when it is there and holds something else
 */
async function writeToFillIn(file: string, asked: Asked): Promise<void> {
  const { options, start, survey } = asked;
  const blocks = blocksToFillIn(asked);
  const { connections } = options;
  const isOwn = connections !== undefined && resolve(connections) === resolve(file);
  const found = await readFile(file, "utf8").catch(() => undefined);
  const isYaml = found !== undefined && !found.trimStart().startsWith("{");
  const known = `${schemaComment("servers")}${stringify(knownConnections(start, survey))}`;
  const before = isOwn && isYaml ? found : known;
  const text = `${before.trimEnd()}\n${blocks}`;
  if (!isOwn && found !== undefined && found !== text)
    throw new UsageError(
      `${file} is there already, and nothing is replaced. Run the command with --connections ${file}, or remove the file.`,
    );
  await writePrivately(file, text);
}

/** Returns the connections of this command, with what was found out about the server to begin with. */
function knownConnections({ connections, names }: Start, { servers }: Survey): Servers {
  const found = names.flatMap((name) => {
    const [server, given] = [servers.get(name), connections[name]];
    // The settings that were used dial less often than the user has said.
    return server && given ? [[name, { ...server.settings, ...given, type: server.product }] as const] : [];
  });
  return { ...connections, ...Object.fromEntries(found) };
}
