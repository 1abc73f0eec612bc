import { z } from "zod";

/** The three role words that WHM stores. `DnsClusterMember` says what each makes a server do. */
export const roles = ["sync", "write-only", "standalone"] as const;

/** What a server does with a member of its cluster. @useDeclaredType */
export type Role = (typeof roles)[number];

/**
 * A role as users write it. WHM's documentation says `synchronize` where its files say `sync`. WHM ignores a file with
 * the long word, so it is shortened here and never written to disk.
 */
export const role = z
  .enum([...roles, "synchronize", "Synchronize"], "must be sync, write-only or standalone")
  .transform((word): Role => (word === "synchronize" || word === "Synchronize" ? "sync" : word));
