import { trustInputs } from "../helpers/resource-inputs";
import { twoWebServers } from "../helpers/trusts";
import { faultMatrix } from "./fault-matrix";
import type { Subject } from "./subject";

const token = { server: "web1", logicalName: "project/stack/web1-for-web2", whitelistIps: ["192.0.2.11"] };

const subject: Omit<Subject, "door" | "title"> = {
  type: "ReverseTrust",
  servers: twoWebServers,
  tokens: [token, { ...token, logicalName: "project/stack/another-for-web2" }],
  inputs: ([first]) => trustInputs(first!),
  changed: ([, another]) => trustInputs(another!),
};

faultMatrix({ ...subject, title: "over HTTPS", door: "https" });
faultMatrix({ ...subject, title: "with whmapi1", door: "whmapi1" });
