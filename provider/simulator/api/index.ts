import type { SimulatedServer } from "../simulated-server";
import { adddns } from "./adddns";
import { apiTokenCreate } from "./api-token-create";
import { apiTokenGetDetails } from "./api-token-get-details";
import { apiTokenList } from "./api-token-list";
import { apiTokenRevoke } from "./api-token-revoke";
import { apiTokenUpdate } from "./api-token-update";
import { applist } from "./applist";
import { batch } from "./batch";
import { clusterMemberHasTrustWith } from "./cluster-member-has-trust-with";
import type { ApiFunction } from "./function";
import { gethostname } from "./gethostname";
import { installedVersions, version } from "./version";
import { killdns } from "./killdns";
import { listips } from "./listips";
import { listzones } from "./listzones";
import { myprivs } from "./myprivs";
import { servicestatus } from "./servicestatus";
import { setNameserver } from "./set-nameserver";

const functions: readonly ApiFunction[] = [
  adddns,
  apiTokenCreate,
  apiTokenGetDetails,
  apiTokenList,
  apiTokenRevoke,
  apiTokenUpdate,
  applist,
  batch,
  clusterMemberHasTrustWith,
  gethostname,
  installedVersions,
  killdns,
  listips,
  listzones,
  myprivs,
  servicestatus,
  setNameserver,
  version,
];

/** Lists the functions that a server's release has, sorted by name. */
export function functionsOf(server: SimulatedServer): ApiFunction[] {
  return functions.filter(({ since = 0 }) => server.majorVersion >= since);
}
