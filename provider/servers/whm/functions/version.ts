import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";

const wire = z.object({ version: z.string().regex(/^\d+(\.\d+)*/, "must begin with a number") });

/**
 * Returns the server's version of cPanel & WHM, such as 11.136.0.5. Needs no privilege beyond a valid credential.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `version`, api.docs.cpanel.net).
 */
export function version(api: WhmApi): Promise<{ version: string }> {
  return ask(api, { phrase: "read the version", functionName: "version", reply: wire });
}
