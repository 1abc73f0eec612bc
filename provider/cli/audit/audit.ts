import type { Servers } from "../../schema/server";
import { isServerError, type ServerRegistry } from "../../servers";
import {
  auditSurvey,
  declarationOf,
  nameAt,
  namesIn,
  surveyServers,
  type Audit,
  type Declaration,
} from "../../survey";
import { TopologyError } from "../../topology";
import { exitCodes, type ExitCode } from "../exit-codes";
import { withServers, type Look, type LookOptions } from "../look/look";
import { printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { UsageError } from "../usage-error";
import { auditData, differencesOf } from "./audit-data";
import { auditJunit } from "./audit-junit";
import { auditMarkdown } from "./audit-markdown";
import { auditText } from "./audit-text";
import { readDeclared, type Declared } from "./declared";

/** Options of `whm-dns audit`. */
export interface AuditOptions extends LookOptions {
  /** Print a page for an issue or a pull request. */
  readonly markdown?: boolean | undefined;
  /** Print JUnit's XML. */
  readonly junit?: boolean | undefined;
}

/** Compares what is declared with what stands on the servers. Writes nothing. */
export async function audit(
  file: string | undefined,
  options: AuditOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const declared = await readDeclared({ ...options, file }, surroundings.streams);
  const found = await withServers(options, surroundings, (look) => compare(declared, look));
  print(declared.name, found, options, surroundings);
  if (found.unreadable.size > 0) return exitCodes.unreadable;
  return differencesOf(found).length > 0 ? exitCodes.found : exitCodes.accepted;
}

async function compare(declared: Declared, { connections, registry, pace }: Look): Promise<Audit> {
  refuseUnknown(declared, registry);
  const declaration = declare(declared, connections);
  const names = [...declaration.servers.keys()];
  const survey = await surveyServers(registry, names, pace, {
    nameAt: (address) => nameAt(address, declaration),
    expected: (server) => ({ ...declaration.servers.get(server), hostMark: declared.hosts?.[server] }),
  });
  return auditSurvey(declaration, survey, Math.floor(Date.now() / 1000));
}

function declare({ name, topologies, tokens }: Declared, connections: Servers): Declaration {
  try {
    return declarationOf(topologies, connections, tokens);
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    const lines = [
      `${name} can't be compared with the servers:`,
      ...error.problems.map((each) => `  ${each}`),
    ];
    throw new UsageError(lines.join("\n"), { cause: error });
  }
}

/** Refuses servers that are declared and that nobody knows how to reach: they would otherwise never be looked at. */
function refuseUnknown({ name, topologies }: Declared, registry: ServerRegistry): void {
  const names = new Set(topologies.flatMap(namesIn));
  const problems = [...names].flatMap((server) => problemOf(server, registry) ?? []);
  if (problems.length === 0) return;
  const lines = [`${name} names servers that the connections do not know:`, ...problems];
  throw new UsageError(lines.join("\n"));
}

function problemOf(server: string, registry: ServerRegistry): string | undefined {
  try {
    registry.get(server);
    return undefined;
  } catch (error) {
    if (!isServerError(error, "unknown-server")) throw error;
    return `  ${server}: ${error.wayOut}`;
  }
}

function print(
  name: string,
  found: Audit,
  { json, markdown, junit }: AuditOptions,
  { streams }: Surroundings,
): void {
  const { output } = streams;
  if (json) printJson(output, auditData(found));
  else if (markdown) printLines(output, auditMarkdown(name, found));
  else if (junit) printLines(output, auditJunit(name, found));
  else printLines(output, ...auditText(name, found, streams));
}
