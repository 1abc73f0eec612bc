import type { Server as ServerSettings } from "../../provider/schema/server";
import { ServerRegistry } from "../../provider/servers";

/** A function that makes server directories; all of their sessions are ended after each test. */
export function directories(): (settings: Record<string, ServerSettings>) => ServerRegistry {
  const made: ServerRegistry[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((directory) => directory.close()));
  });
  return (settings) => {
    const directory = new ServerRegistry(settings);
    made.push(directory);
    return directory;
  };
}
