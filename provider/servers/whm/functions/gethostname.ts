import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";

const wire = z.object({ hostname: z.string().min(1) });

/**
 * Returns the server's own host name.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `gethostname`, api.docs.cpanel.net).
 */
export function gethostname(api: WhmApi): Promise<{ hostname: string }> {
  return ask(api, { phrase: "read the host name", functionName: "gethostname", reply: wire });
}
