import type { Server } from "../server";
import { disabledFlag } from "./paths";

/** Whether WHM has switched a member off after too many failures. */
export async function isDisabled(server: Server, key: string): Promise<boolean> {
  const files = await server.files();
  return (await files.stat(disabledFlag(key))) !== undefined;
}

/** Lets WHM use the member again, as the button on its cluster page does. */
export async function clearDisabled(server: Server, key: string): Promise<void> {
  const files = await server.files();
  await files.remove(disabledFlag(key));
}
