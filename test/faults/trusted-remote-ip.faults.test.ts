import type { JournalEntry } from "../../provider/simulator";
import { begunLine } from "./begun-line";
import { faultMatrix } from "./fault-matrix";
import type { Subject } from "./subject";

const lock = "/var/cpanel/.pulumi-whm.ips.remotedns.lock";

const besideTheFile = "/etc/.pulumi-whm.";

/** Whether the file that stood in the place before lies beside the new one: from its exchange to its removal. */
function isBeingExchanged(before: readonly JournalEntry[]): boolean {
  const ours = before.filter(({ target }) => target.startsWith(besideTheFile));
  const linked = ours.findIndex(({ operation }) => operation === "link");
  return linked >= 0 && ours.slice(linked).filter(({ operation }) => operation === "remove").length < 2;
}

const subject: Subject = {
  type: "TrustedRemoteIp",
  title: "in a file with other lines",
  servers: { web1: { type: "cpanel", files: { "/etc/ips.remotedns": "# ours\n198.51.100.7\n" } } },
  modes: [["web1", "/etc/ips.remotedns", 0o640]],
  door: "https",
  tokens: [],
  inputs: () => ({ server: "web1", address: "192.0.2.53" }),
  leaves: [
    { ...begunLine, server: "web1", isKill: true, actions: ["create", "replace"] },
    {
      server: "web1",
      path: besideTheFile,
      isKill: false,
      actions: ["create"],
      at: (_entry, before) => isBeingExchanged(before),
      onlyAfterRefresh: true,
      because:
        "The line stands, so that a refresh finds nothing to do; the next change of the file takes along what lies beside it.",
    },
    {
      server: "web1",
      path: lock,
      isKill: false,
      actions: ["adopt"],
      at: ({ target }, before) => target === lock && before.length > 0,
      because:
        "The lock could not be taken away, and the deletion of a line that is somebody else's changes nothing: the next " +
        "change of the file takes the lock along.",
    },
  ],
  adoption: {
    files: { web1: { "/etc/ips.remotedns": "192.0.2.53\n198.51.100.7\n" } },
    inputs: () => ({ server: "web1", address: "192.0.2.53" }),
    isGivenBack: true,
  },
  replaced: () => ({ server: "web1", address: "192.0.2.54" }),
};

faultMatrix(subject);
const { adoption: _none, modes: _usual, ...ofItsOwn } = subject;
faultMatrix({ ...ofItsOwn, title: "in a file of its own", servers: { web1: { type: "cpanel" } } });
