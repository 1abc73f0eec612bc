import { removeTrustedAddress, ServerRegistry } from "../../../provider/servers";
import { startSimulator } from "../../../provider/simulator";

const file = "/etc/ips.remotedns";
/** A line is removed only while it is claimed. */
const claim = "/var/cpanel/.pulumi-whm/line.192.0.2.53.0000000000000000-1.json";

test.each([
  ["with other lines", "# a\n192.0.2.53\n", false],
  ["that was created for the line", "192.0.2.53\n", true],
])(
  "[I] a full disk loses no foreign line when a line is removed from a file %s",
  async (_case, before, madeByUs) => {
    const simulator = await startSimulator({ servers: { web1: { type: "cpanel" } } });
    const directory = new ServerRegistry(simulator.servers);
    const files = simulator.files("web1");
    files.write(file, before);
    files.write(claim, "{}");
    // Just before the new file is moved into place somebody appends a line, and takes the last space with it.
    const end = simulator.watch(({ operation, target }) => {
      if (!["rename", "remove"].includes(operation) || target !== file) return;
      end();
      files.write(file, `${before}10.0.0.9\n`);
      simulator.fault("web1", "disk-full", { door: "sftp", operation: "write" });
    });
    try {
      const remove = () => removeTrustedAddress(directory.get("web1"), "192.0.2.53", madeByUs);
      await expect(remove()).rejects.toThrow(/ips\.remotedns on web1: .*free space/);
      expect(files.read(file)).toBe(`${before}10.0.0.9\n`);
      simulator.clearFaults();
      await remove();
      expect(files.read(file)).toBe(`${before}10.0.0.9\n`.replace("192.0.2.53\n", ""));
      expect(files.list("/etc").filter((path) => path.includes("ips."))).toEqual([
        "/etc/ips.dnsmaster",
        file,
      ]);
    } finally {
      await directory.close();
      await simulator.stop();
    }
  },
);

test("[I] a full disk loses no file that replaces ours between the last check and the move", async () => {
  const simulator = await startSimulator({ servers: { web1: { type: "cpanel" } } });
  const directory = new ServerRegistry(simulator.servers);
  const files = simulator.files("web1");
  const [before, after] = ["# a\n192.0.2.53\n", "# a\n192.0.2.53\n10.0.0.9\n"];
  files.write(file, before);
  files.write(claim, "{}");
  let isLinked = false;
  const end = simulator.watch(({ operation, target }) => {
    isLinked ||= operation === "link" && target.startsWith("/etc/");
    if (!isLinked || operation !== "fstat" || target !== file) return;
    end();
    files.remove(file);
    files.write(file, after);
    simulator.fault("web1", "disk-full", { door: "sftp", operation: "write" });
  });
  try {
    const remove = removeTrustedAddress(directory.get("web1"), "192.0.2.53", false);
    await expect(remove).rejects.toThrow(/ips\.remotedns on web1: .*free space/);
    expect(files.read(file)).toBe(after);
  } finally {
    await directory.close();
    await simulator.stop();
  }
});
