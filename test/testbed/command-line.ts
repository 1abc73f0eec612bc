import { symlinkSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { whmapi1 } from "../../provider/simulator/exec/whmapi1";
import { Network } from "../../provider/simulator/network";
import type { SimulatedServer } from "../../provider/simulator/simulated-server";
import type { DiskFiles } from "./disk-files";
import { lendFolder } from "./programs";

/** Where the stand-in of a server finds what answers it. */
const port = 2086;

/** Gives a server a shell and a `whmapi1` that answers from the same state as its API. */
export async function openCommandLine(server: SimulatedServer, files: DiskFiles): Promise<Server> {
  lendPrograms(files.folder);
  const { address } = server.identity;
  files.makeDirectories("/dev", 0o755);
  files.writeText("/usr/local/cpanel/bin/whmapi1", standIn(address), 0o755);
  const door = createServer({ allowHalfOpen: true }, (socket) => answer(socket, server));
  await new Promise<void>((resolve) => door.listen(port, address, resolve));
  return door;
}

/** This machine's programs, for reading only: the tree is some server's `/`. */
function lendPrograms(folder: string): void {
  for (const name of ["bin", "lib", "lib64"]) {
    lendFolder(`/${name}`, join(folder, "usr", name));
    symlinkSync(`usr/${name}`, join(folder, name));
  }
}

/** The number of words, then the words, each with a NUL after it; what comes back is printed. */
function standIn(address: string): string {
  return [
    "#!/bin/bash",
    `exec 3<>/dev/tcp/${address}/${port}`,
    `printf '%s\\0' "$#" "$@" >&3`,
    "exec cat <&3",
    "",
  ].join("\n");
}

function answer(socket: Socket, server: SimulatedServer): void {
  let text = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const [count = "", ...words] = text.split("\0").slice(0, -1);
    if (count === "" || words.length < Number(count)) return;
    const command = whmapi1.prepare(server, words);
    server.record("exec", command.entry);
    socket.end(command.run({ server, network: new Network(), effect: "full" }).stdout);
  });
}
