import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, loopback } from "../helpers/free-port";
import { runCommand, type CommandResult } from "../helpers/run-command";
import { ServerProcess } from "./server-process";
import type { StateStore } from "./state-store";

/** Where PostgreSQL's programs are, the folders of their libraries, and the words before a command. */
export interface FoundPostgresql {
  readonly programs: string;
  readonly libraries: string;
  readonly unprivileged: readonly string[];
}

const user = "pulumi";
const database = "postgres";
const password = "open sesame to the table";

/** A PostgreSQL server in a temporary folder. */
export async function openPostgresql(found: FoundPostgresql): Promise<StateStore> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-sql-"));
  await makeDatabase(found, folder);
  // Last of all: what is free now may be somebody else's in some seconds.
  const place = { found, port: String(await freePort()) };
  const words = ["-D", join(folder, "data"), "-h", loopback, "-p", place.port, "-k", folder, "-F"];
  const server = await ServerProcess.start(
    commandOf(found, "postgres", words),
    environmentOf(found),
    async () => (await query(place, "select 1")).code === 0,
  );
  return {
    environment: {
      PULUMI_BACKEND_URL: `postgres://${user}@${loopback}:${place.port}/${database}?sslmode=disable`,
      PGPASSWORD: password,
    },
    stored: async () => {
      const { code, stdout, stderr } = await query(place, "select key, data->>'data' from pulumi_state");
      if (code !== 0) throw new Error(`psql ended with ${code}: ${stderr}`);
      return rowsIn(stdout);
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

interface Place {
  readonly found: FoundPostgresql;
  readonly port: string;
}

async function makeDatabase(found: FoundPostgresql, folder: string): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  const rights = ["-U", user, "-A", "scram-sha-256", "--pwfile", passwordFile];
  const words = ["-D", join(folder, "data"), ...rights, "--no-sync", "--no-locale"];
  const [command, ...rest] = commandOf(found, "initdb", words);
  const { code, stderr } = await runCommand(command, rest, { environment: environmentOf(found) });
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${stderr}`);
}

function query({ found, port }: Place, text: string): Promise<CommandResult> {
  const words = ["--no-psqlrc", "-h", loopback, "-p", port, "-U", user, "-d", database, "-At", "-c", text];
  return runCommand(join(found.programs, "psql"), words, { environment: environmentOf(found) });
}

function commandOf(found: FoundPostgresql, name: string, words: string[]): [string, ...string[]] {
  const [first = "", ...rest] = [...found.unprivileged, join(found.programs, name), ...words];
  return [first, ...rest];
}

function environmentOf({ libraries }: FoundPostgresql): Record<string, string> {
  return { LD_LIBRARY_PATH: libraries, PGPASSWORD: password };
}

/** Pulumi keeps what would be a file in Base64. */
function rowsIn(text: string): Record<string, string> {
  const rows = text.split("\n").filter(Boolean);
  return Object.fromEntries(
    rows.map((row) => {
      const [key = "", content = ""] = row.split("|");
      return [key, Buffer.from(content, "base64").toString("utf8")];
    }),
  );
}
