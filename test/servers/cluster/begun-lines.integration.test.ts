import { spawn } from "node:child_process";
import { once } from "node:events";
import { addTrustedAddress, removeTrustedAddress, ServerDirectory } from "../../../provider/servers";
import { processMark } from "../../../provider/servers/ssh/process-mark";
import { startSimulator } from "../../../provider/simulator";

test("[I] a line that a killed run has begun is not foreign when another line was removed before", async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  const mark = processMark.replace(/\d+$/, String(child.pid));
  const simulator = await startSimulator({ servers: { web1: { type: "cpanel" } } });
  const directory = new ServerDirectory(simulator.servers);
  try {
    const files = simulator.files("web1");
    files.write("/var/cpanel/.pulumi-whm.ips.remotedns.lock", `web9 process ${mark} x\n192.0.2.1\n`);
    files.write("/etc/ips.remotedns", "192.0.2.9\n192.0.2.1\n");
    await removeTrustedAddress(directory.get("web1"), "192.0.2.9", false);
    const found = jest.fn();
    await addTrustedAddress(directory.get("web1"), "192.0.2.1", found);
    expect(found.mock.calls).toMatchObject([[{ existedBefore: false }]]);
  } finally {
    await directory.close();
    await simulator.stop();
  }
});
