import type { Link } from "../../schema/topology";

/** Identifies a link by the names of its ends. */
export function endsKey({ from, to }: Pick<Link, "from" | "to">): string {
  return `${from}\0${to}`;
}
