import { faultMatrices } from "./fault-matrix";
import type { Subject } from "./subject";

const inputs = { server: "web1", address: "192.0.2.53" };

const ofItsOwn: Subject = {
  type: "TrustedRemoteIp",
  title: "in a file of its own",
  servers: { web1: { type: "cpanel" } },
  door: "https",
  tokens: [],
  inputs: () => inputs,
  replaced: () => ({ server: "web1", address: "192.0.2.54" }),
  renamed: () => ({ ...inputs, logicalName: "organization/project/stack/renamed" }),
};

const withOtherLines: Subject = {
  ...ofItsOwn,
  title: "in a file with other lines",
  servers: { web1: { type: "cpanel", files: { "/etc/ips.remotedns": "# ours\n198.51.100.7\n" } } },
  modes: [["web1", "/etc/ips.remotedns", 0o640]],
  adoption: {
    files: { web1: { "/etc/ips.remotedns": "192.0.2.53\n198.51.100.7\n" } },
    inputs: () => inputs,
    isGivenBack: true,
  },
};

const sharedWithAnother: Subject = {
  ...ofItsOwn,
  title: "that another stack needs too",
  neighbour: () => ({ ...inputs, logicalName: "organization/project/another/trusted" }),
};

faultMatrices(2, [ofItsOwn, withOtherLines, sharedWithAnother]);
