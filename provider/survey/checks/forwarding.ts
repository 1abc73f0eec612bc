import { isServerError, whmPort, type Server } from "../../servers";
import { failedBy, ok, warning, type CheckResult } from "./check";

/** Opens a channel that begins on the server, as tokens are tried before they are stored. The product works without. */
export async function checkForwarding(server: Server): Promise<CheckResult> {
  try {
    const channel = await server.openChannel("127.0.0.1", whmPort);
    channel.destroy();
    return ok("sshd forwards connections");
  } catch (error) {
    if (isServerError(error, "forwarding-refused"))
      return warning(
        "sshd forwards no connections, so tokens are not tried before they are stored",
        "Set AllowTcpForwarding yes in its sshd_config, at least for this login (Match User).",
      );
    if (isServerError(error, "unreachable", "timed-out"))
      return warning(
        `sshd forwards connections, but nothing answers on the server's own port ${whmPort}: ${error.said}`,
        "See whether cpsrvd runs: /usr/local/cpanel/scripts/restartsrv_cpsrvd --status.",
      );
    if (isServerError(error)) return failedBy(error);
    throw error;
  }
}
