import { z } from "zod";
import type { WhmApi } from "../api";
import { ask } from "../ask";
import { texts } from "../wire";

const wire = z.object({ app: texts });

/**
 * Lists the functions that this server knows, sorted.
 *
 * Last verified with the vendor's reference for 11.138 (WHM API 1 `applist`, api.docs.cpanel.net).
 */
export async function applist(api: WhmApi): Promise<string[]> {
  const { app } = await ask(api, { phrase: "list the API functions", functionName: "applist", reply: wire });
  return app.sort();
}
