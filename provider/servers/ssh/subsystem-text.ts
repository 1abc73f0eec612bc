import type { Client, ClientChannel } from "ssh2";
import { firstLine } from "../errors";
import { withDeadline } from "./deadline";

/** Seconds in which a shell or a forced command must have written its line. */
const deadline = 3;
const longest = 2048;

/**
 * Returns the first line that a log-in writes where an SFTP server should speak: that of a forced command, of a shell that lets
 * nobody in, of a `.bashrc`. Empty if it writes none. Only asked after SFTP has failed.
 */
export async function subsystemText(client: Client): Promise<string> {
  const text = new Promise<string>((resolve) => {
    client.subsys("sftp", (error, channel) => (error ? resolve("") : read(channel, resolve)));
  });
  return withDeadline(text, deadline, () => new Error("silent")).then(readable, () => "");
}

function read(channel: ClientChannel, done: (text: string) => void): void {
  let text = "";
  const end = (): void => {
    channel.close();
    done(text);
  };
  const hear = (part: Buffer): void => {
    text += part.subarray(0, longest - text.length).toString("latin1");
    if (text.length >= longest || /\S.*\n/.test(text)) end();
  };
  channel.on("data", hear).on("close", end).on("error", end);
  channel.stderr.on("data", hear);
}

/** An SFTP server that is healthy after all writes nothing that is meant for people. */
function readable(text: string): string {
  const line = firstLine(text);
  return /^[\x20-\x7e\x80-\xff\t\x1b]+$/.test(line) ? Buffer.from(line, "latin1").toString() : "";
}
