import { tokenInputs } from "../helpers/resource-inputs";
import { webAndNameserver } from "../helpers/managed-servers";
import { faultMatrices } from "./fault-matrix";
import type { Subject } from "./subject";

const subject: Omit<Subject, "door" | "title"> = {
  type: "ApiToken",
  servers: webAndNameserver,
  tokens: [],
  inputs: () => tokenInputs(),
  changed: () => tokenInputs({ whitelistIps: ["192.0.2.10", "192.0.2.12"] }),
  replaced: () => tokenInputs({ rotate: "2" }),
};

faultMatrices(1, [
  { ...subject, title: "over HTTPS", door: "https" },
  { ...subject, title: "with whmapi1", door: "whmapi1" },
]);
