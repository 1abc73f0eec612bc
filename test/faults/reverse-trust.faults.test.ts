import { trustInputs } from "../helpers/resource-inputs";
import { web1Entry } from "../helpers/trusts";
import { faultMatrices } from "./fault-matrix";
import { handMadeEntry } from "./hand-made-entry";
import type { Subject } from "./subject";

const token = { server: "web1", logicalName: "project/stack/web1-for-web2", whitelistIps: ["192.0.2.11"] };

const subject: Omit<Subject, "door" | "title"> = {
  type: "ReverseTrust",
  // Behind one router, so that web2 reaches web1 under both of its addresses.
  servers: {
    web1: { type: "cpanel", publicAddress: "203.0.113.10" },
    web2: { type: "cpanel", publicAddress: "203.0.113.11" },
  },
  tokens: [token, { ...token, logicalName: "project/stack/another-for-web2" }],
  inputs: ([first]) => trustInputs(first!),
  changed: ([, another]) => trustInputs(another!),
};

const overHttps: Subject = {
  ...subject,
  title: "over HTTPS",
  door: "https",
  renamed: ([first]) => trustInputs(first!, { logicalName: "organization/project/stack/renamed" }),
  replaced: ([first]) => trustInputs(first!, { serverAddress: "203.0.113.10" }),
  adoption: {
    files: { web2: handMadeEntry(web1Entry.file, { host: "old.example.com", role: "sync" }) },
    inputs: ([first]) => trustInputs(first!, { adopt: true }),
    isGivenBack: true,
  },
};

// The other way round than for tokens: a seed draws the same places of both lists, so that each run tries both doors.
faultMatrices(1, [{ ...subject, title: "with whmapi1", door: "whmapi1" }, overHttps]);
