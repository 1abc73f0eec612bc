import type { Server as ServerSettings } from "../../provider/schema/server";
import { ServerDirectory } from "../../provider/servers";

/** A function that makes server directories; all of their sessions are ended after each test. */
export function directories(): (settings: Record<string, ServerSettings>) => ServerDirectory {
  const made: ServerDirectory[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((directory) => directory.close()));
  });
  return (settings) => {
    const directory = new ServerDirectory(settings);
    made.push(directory);
    return directory;
  };
}
