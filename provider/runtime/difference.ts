import type * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";

/** How a resource's state and its new inputs differ. */
export interface Difference {
  /** Inputs that are changed in place. */
  changed: string[];
  /** Inputs that need a new resource. */
  replaces: string[];
  /** Whether something differs that the engine can't see in the inputs. */
  hidden: boolean;
  /**
   * Whether the old resource must be gone before its replacement is made, because both must not exist at once.
   * @default false
   */
  deletesFirst?: boolean;
  /** Whether the replaced thing stays on a machine that the server's name no longer leads to. @default false */
  leavesMachine?: boolean;
}

/** Lists the fields that differ between two objects. A missing field equals `undefined`. */
export function differing<Key extends string>(
  keys: readonly Key[],
  one: { [Name in Key]?: unknown },
  other: { [Name in Key]?: unknown },
): string[] {
  return keys.filter((key) => !isDeepStrictEqual(one[key], other[key]));
}

/**
 * Returns the answer to the engine's diff. If inputs differ, `changes` is left out: the engine then compares the inputs
 * itself, names the properties in the preview and honours `replaceOnChanges`. Differences that it can't see there need
 * `changes: true`, or drift would be ignored.
 */
export function diffResult(difference: Difference): pulumi.dynamic.DiffResult {
  const { changed, replaces, hidden, deletesFirst = false } = difference;
  const replacement = { replaces, ...(deletesFirst && replaces.length > 0 && { deleteBeforeReplace: true }) };
  if (hidden) return { changes: true, ...replacement };
  if (changed.length + replaces.length === 0) return { changes: false };
  return replacement;
}
