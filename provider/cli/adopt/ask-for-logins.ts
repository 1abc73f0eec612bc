import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Servers } from "../../schema/server";
import { exitCodes, type ExitCode } from "../exit-codes";
import { fileProblem } from "../file-problem";
import { printable, printJson, printLines } from "../streams";
import type { Surroundings } from "../surroundings";
import { writePrivately } from "../write-privately";
import type { AdoptOptions } from "./adopt-options";
import { hostnameIn, type Discovery, type UnknownServer } from "./discover";

const fileName = "connections.yaml";

/** Writes a file with the connections known so far, in which the user says how to log in to the other servers. */
export async function askForLogins(
  { out, json }: AdoptOptions,
  { streams }: Surroundings,
  known: Servers,
  discovery: Discovery,
): Promise<ExitCode> {
  const unknown = [...discovery.unknown.values()];
  const file = join(out, fileName);
  await mkdir(out, { recursive: true }).catch((error: unknown) => {
    throw fileProblem("make", out, error);
  });
  await writePrivately(file, fileToFillIn(known, unknown));
  if (json) printJson(streams.output, { connections: file, toFillIn: unknown });
  else printLines(streams.output, ...sentences(file, unknown).map(printable));
  return exitCodes.unreadable;
}

function sentences(file: string, unknown: readonly UnknownServer[]): string[] {
  return [
    `${unknown.length} servers are members of the cluster, and nothing says how to log in to them:`,
    ...unknown.map(
      ({ name, address, host }) => `  ${name}: ${address}${host === address ? "" : ` (${host})`}`,
    ),
    `Say it in ${file}, then run: whm-dns adopt --connections ${file} --out ANOTHER-FOLDER`,
    "Or run this command again with --same-login to log in as to the first server.",
  ];
}

function fileToFillIn(known: Servers, unknown: readonly UnknownServer[]): string {
  const asked = unknown.map((server) =>
    [
      "# Named in a member file. Say how to log in, and set type: dnsonly if DNSOnly runs there.",
      stringify({ [server.name]: suggestion(server) }).trimEnd(),
    ].join("\n"),
  );
  return `${[stringify(known).trimEnd(), ...asked].join("\n")}\n`;
}

function suggestion(server: UnknownServer): object {
  return {
    type: "cpanel",
    address: server.address,
    ...hostnameIn(server),
    connection: { host: server.host, user: "root", privateKeyFile: "~/.ssh/id_ed25519" },
  };
}
