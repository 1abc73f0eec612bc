import { stringify } from "yaml";
import type { Connection } from "../../schema/connection";
import { hostnameIn, type UnknownServer } from "./discover";
import type { Start } from "./starting-connections";

/** What is known when a file to fill in is written. */
interface Known {
  readonly start: Pick<Start, "connections" | "names">;
  readonly unknown: readonly UnknownServer[];
}

/** Writes a block of YAML for each server, with what is known of it and a way to log in for the user to correct. */
export function blocksToFillIn({ start, unknown }: Known): string {
  const first = start.connections[start.names[0] ?? ""]?.connection;
  const blocks = unknown.map((server) => {
    const lines = [...comments(server), stringify({ [server.name]: suggestion(server, first) }).trimEnd()];
    return `${lines.join("\n")}\n`;
  });
  return blocks.join("");
}

function comments({ holder, address, sameNameAs, name }: UnknownServer): string[] {
  return [
    `# A member on ${holder}. Say how to log in to it.`,
    ...(sameNameAs === undefined
      ? []
      : [
          `# It has the host name of ${sameNameAs}: if it is the same server, give that one the address ${address} as publicAddress, and remove ${name}.`,
        ]),
  ];
}

function suggestion(server: UnknownServer, first: Connection | undefined): object {
  const { address, otherAddress } = server;
  const [main, other] =
    otherAddress !== undefined && isPrivate(otherAddress) && !isPrivate(address)
      ? [otherAddress, address]
      : [address, otherAddress];
  return {
    type: "cpanel",
    address: main,
    ...(other !== undefined && { publicAddress: other }),
    ...hostnameIn(server),
    connection: { host: server.host, ...logIn(first) },
  };
}

/** Returns the first server's way to log in, without secrets and what is its own. */
function logIn(first: Connection | undefined): Partial<Connection> {
  const {
    user = "root",
    port,
    proxy,
    privateKeyFile,
    privateKeyEnv,
    certificateFile,
    passwordEnv,
    agentSocketPath,
    sshConfig,
  } = first ?? {};
  const way = { privateKeyFile, privateKeyEnv, certificateFile, passwordEnv, agentSocketPath, sshConfig };
  const said = Object.entries({ port, ...way, proxy }).filter(([, value]) => value !== undefined);
  const hasWay = Object.values(way).some((value) => value !== undefined);
  const usesAgent = first !== undefined && first.password === undefined && first.privateKey === undefined;
  const usual = hasWay || usesAgent ? {} : { privateKeyFile: "~/.ssh/id_ed25519" };
  return { user, ...Object.fromEntries(said), ...usual };
}

/** Whether an address is one of those that only an inside network has. */
function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}
