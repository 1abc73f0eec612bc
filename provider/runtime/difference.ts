import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";

/** How a resource's state and its new inputs differ. */
export interface Difference {
  /** Inputs that are changed in place. */
  changed: string[];
  /** Inputs that need a new resource. */
  replaces: string[];
  /** Something differs that the engine cannot see in the inputs. */
  hidden: boolean;
  /** A replacement has to wait until the old one is gone: both at once must not exist. @default false */
  deletesFirst?: boolean;
  /** What is replaced stays behind on a machine that the server's name no longer leads to. @default false */
  leavesMachine?: boolean;
}

/** Names of the fields that differ between two objects; a field that is not there equals `undefined`. */
export function differing<Key extends string>(
  keys: readonly Key[],
  one: { [Name in Key]?: unknown },
  other: { [Name in Key]?: unknown },
): string[] {
  return keys.filter((key) => !isDeepStrictEqual(one[key], other[key]));
}

/**
 * The answer to the engine's question. Where inputs differ, `changes` is left out: the engine then compares the inputs
 * itself, names the properties in the preview and honours `replaceOnChanges`. What it cannot see there has to be said
 * with `changes: true`, or drift would be swallowed.
 */
export function diffResult(difference: Difference): pulumi.dynamic.DiffResult {
  const { changed, replaces, hidden, deletesFirst = false } = difference;
  const replacement = { replaces, ...(deletesFirst && replaces.length > 0 && { deleteBeforeReplace: true }) };
  if (hidden) return { changes: true, ...replacement };
  if (changed.length + replaces.length === 0) return { changes: false };
  return replacement;
}
