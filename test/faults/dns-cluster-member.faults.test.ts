import { memberInputs, tokenInputs } from "../helpers/resource-inputs";
import { webAndNameserver } from "../helpers/managed-servers";
import { faultMatrix } from "./fault-matrix";
import type { Subject } from "./subject";

const subject: Omit<Subject, "door" | "title"> = {
  type: "DnsClusterMember",
  servers: webAndNameserver,
  tokens: [tokenInputs(), tokenInputs({ logicalName: "project/stack/another-for-web1" })],
  inputs: ([token]) => memberInputs(token!),
  changed: ([, another]) => memberInputs(another!, { role: "write-only" }),
};

faultMatrix({ ...subject, title: "over HTTPS", door: "https" });
faultMatrix({ ...subject, title: "with whmapi1", door: "whmapi1" });
