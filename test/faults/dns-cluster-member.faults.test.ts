import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { ns1Entry } from "../helpers/server-files";
import { faultMatrix } from "./fault-matrix";
import { handMadeEntry } from "./hand-made-entry";

faultMatrix({
  type: "DnsClusterMember",
  title: "over HTTPS",
  door: "https",
  // Behind one router, so that web1 reaches ns1 under both of its addresses.
  servers: {
    web1: { type: "cpanel", publicAddress: "203.0.113.10" },
    ns1: { type: "dnsonly", publicAddress: "203.0.113.11" },
  },
  tokens: [tokenInputs(), tokenInputs({ logicalName: "project/stack/another-for-web1" })],
  inputs: ([token]) => memberInputs(token!),
  changed: ([, another]) => memberInputs(another!, { role: "write-only" }),
  replaced: ([token]) => memberInputs(token!, { peerAddress: "203.0.113.11" }),
  renamed: ([token]) => memberInputs(token!, { logicalName: "organization/project/stack/renamed" }),
  adoption: {
    files: { web1: handMadeEntry(ns1Entry.file, { host: "old.example.com", role: "write-only" }) },
    inputs: ([token]) => memberInputs(token!, { adopt: true }),
    isGivenBack: false,
  },
});
