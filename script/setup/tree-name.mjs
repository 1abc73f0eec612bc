import { createHash } from "node:crypto";
import { root } from "../shared/paths.mjs";

/** A short name of this clone, for locks that two clones need not share. */
export const treeName = createHash("sha256").update(root).digest("hex").slice(0, 12);
