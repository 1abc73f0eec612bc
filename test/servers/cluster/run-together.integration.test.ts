import { addTrustedAddress, ServerDirectory } from "../../../provider/servers";
import { startSimulator } from "../../../provider/simulator";

const file = "/etc/ips.remotedns";

test.each([
  ["an unfinished line at the same moment", "a\n", "10.0.0.9", "a\n10.0.0.9\n192.0.2.53\n"],
  ["an unfinished line to a file that is made", undefined, "10.0.0.9", "10.0.0.9\n192.0.2.53\n"],
  ["a line to one that is not finished", "a", "10.0.0.9\n", "a10.0.0.9\n\n192.0.2.53"],
])("[I] somebody who appends %s keeps it, and ours stands by itself", async (_case, before, added, after) => {
  const simulator = await startSimulator({ servers: { web1: { type: "cpanel" } } });
  const directory = new ServerDirectory(simulator.servers);
  const files = simulator.files("web1");
  if (before !== undefined) files.write(file, before);
  let isOpened = false;
  const end = simulator.watch(({ operation, target }) => {
    if (target !== file) return;
    isOpened ||= operation === "write";
    // The text was read before, and the size is asked for together with the append.
    if (!isOpened || operation !== "fstat") return;
    end();
    files.write(file, `${files.read(file)}${added}`);
  });
  try {
    await addTrustedAddress(directory.get("web1"), { address: "192.0.2.53" }, () => undefined);
    expect(files.read(file)).toBe(after);
  } finally {
    await directory.close();
    await simulator.stop();
  }
});
