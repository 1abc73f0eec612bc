import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { ErrorReporter, ServerError } from "../errors";
import { withDeadline } from "./deadline";
import { secondsText } from "../seconds-text";

/** Seconds in which the far end must accept. */
const openDeadline = 20;

/** RFC 4254: sshd's answer if its configuration forbids forwarding. */
const administrativelyProhibited = 1;

/** Opens a TCP connection that starts at the far end of an SSH connection. */
export async function forward(
  client: Client,
  target: { host: string; port: number },
  reporter: ErrorReporter,
): Promise<Duplex> {
  const phrase = phraseFor(target);
  const opening = new Promise<Duplex>((resolve, reject) => {
    client.forwardOut("127.0.0.1", 0, target.host, target.port, (error, channel) => {
      if (error) reject(refusal(phrase, error, reporter));
      else resolve(drainedWhenDestroyed(channel));
    });
  });
  return withDeadline(opening, openDeadline, () => {
    // It may still arrive, when nobody wants it any more.
    opening.then(
      (channel) => channel.destroy(),
      () => undefined,
    );
    return reporter.error({
      code: "timed-out",
      phrase,
      said: `no answer within ${secondsText(openDeadline)}`,
      wayOut:
        "Check that the address is right and that no firewall between the two servers drops the connection.",
    });
  });
}

/** Describes a forwarded connection. */
export function phraseFor({ host, port }: { host: string; port: number }): string {
  return `open a connection to ${host} port ${port}`;
}

/** Drains a channel after `destroy`: ssh2 closes it only when all its data was read, and nobody reads it any more. */
function drainedWhenDestroyed(channel: Duplex): Duplex {
  const destroy = channel.destroy.bind(channel);
  channel.destroy = (error) => {
    destroy(error);
    return channel.resume();
  };
  return channel;
}

function refusal(phrase: string, error: Error & { reason?: unknown }, reporter: ErrorReporter): ServerError {
  const isForbidden = error.reason === administrativelyProhibited;
  return reporter.error({
    code: isForbidden ? "forwarding-refused" : "unreachable",
    phrase,
    said: error.message.replace("(SSH) Channel open failure: ", "") || "the connection was refused",
    wayOut: isForbidden
      ? "Set AllowTcpForwarding yes in this server's sshd_config, at least for this login (Match User)."
      : "Check that the address is right, that the service runs, and that no firewall between the two servers refuses it.",
    cause: error,
  });
}
