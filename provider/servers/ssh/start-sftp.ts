import { EventEmitter } from "node:events";
import type { Client, SFTPWrapper } from "ssh2";
import type { ErrorReporter } from "../errors";
import { allowSessions, isUnopened } from "./refused-session";

export const sftpPhrase = "open an SFTP session";

/** Opens an SFTP session, and tells when it ends or breaks the protocol. */
export function startSftp(
  client: Client,
  reporter: ErrorReporter,
  onEnd: (trouble?: Error) => void,
): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => {
      if (!error) {
        sftp.on("close", () => onEnd()).on("error", onEnd);
        return resolve(sftp);
      }
      muteChannels(client);
      reject(
        reporter.error({
          code: "file-error",
          phrase: sftpPhrase,
          said: error.message,
          wayOut: isUnopened(error)
            ? allowSessions
            : "Enable it in sshd_config: Subsystem sftp internal-sftp.",
          cause: error,
        }),
      );
    });
  });
}

/** The part of ssh2 that knows the channels of a connection. */
interface Channels {
  _chanMgr?: { _channels: Readonly<Record<string, unknown>> };
}

/**
 * Lets text that arrives late on the channel of a failed SFTP session pass. ssh2 no longer listens to that channel: the text
 * would be an error that ends the whole connection, before it could be asked for the reason.
 */
function muteChannels(client: Client & Channels): void {
  for (const channel of Object.values(client._chanMgr?._channels ?? {}))
    if (channel instanceof EventEmitter) channel.on("error", () => undefined);
}
