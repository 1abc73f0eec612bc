import { begunLine } from "./begun-line";
import { faultMatrix } from "./fault-matrix";
import type { Subject } from "./subject";

const subject: Subject = {
  type: "TrustedRemoteIp",
  title: "in a file with other lines",
  servers: { web1: { type: "cpanel", files: { "/etc/ips.remotedns": "# ours\n198.51.100.7\n" } } },
  door: "https",
  tokens: [],
  inputs: () => ({ server: "web1", address: "192.0.2.53" }),
  leaves: begunLine,
  adoption: {
    files: { web1: { "/etc/ips.remotedns": "192.0.2.53\n198.51.100.7\n" } },
    inputs: () => ({ server: "web1", address: "192.0.2.53" }),
  },
  replaced: () => ({ server: "web1", address: "192.0.2.54" }),
};

faultMatrix(subject);
const { adoption: _none, ...ofItsOwn } = subject;
faultMatrix({ ...ofItsOwn, title: "in a file of its own", servers: { web1: { type: "cpanel" } } });
