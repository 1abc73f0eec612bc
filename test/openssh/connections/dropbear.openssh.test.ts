import type { Connection } from "../../../provider/schema/connection";
import type { Server } from "../../../provider/servers";
import { directories } from "../../testbed/directories";
import { Dropbear, dropbearProgram } from "../../testbed/dropbear";
import { startTestbed, type Testbed } from "../../testbed/testbed";
import { describeWhere } from "../../helpers/where";

const directory = directories();

describeWhere(dropbearProgram !== undefined)("Dropbear", () => {
  let testbed: Testbed;
  let open: Dropbear;
  let closed: Dropbear;
  beforeAll(async () => {
    testbed = await startTestbed({ servers: { ns1: { type: "dnsonly" } } });
    open = await new Dropbear("127.0.0.1", testbed.port + 200).start();
    closed = await new Dropbear("127.0.0.1", testbed.port + 400, ["-j"]).start();
  });
  afterAll(async () => {
    open.stop();
    closed.stop();
    await testbed.stop();
  });

  function reached(connection: Partial<Connection>): Server {
    const { api: _api, ...ns1 } = testbed.servers["ns1"]!;
    const settings = { ...ns1, connection: { ...ns1.connection!, dialErrorLimit: 1, ...connection } };
    return directory({ ns1: settings }).get("ns1");
  }

  test("[E] is a bastion like sshd", async () => {
    const files = await reached({ proxy: open.connection }).files();
    expect(await files.read("/usr/local/cpanel/version")).toBe("11.136.0.5\n");
  });

  test("[E] that forbids forwarding is named, with its own option", async () => {
    await expect(reached({ proxy: closed.connection }).files()).rejects.toMatchObject({
      code: "forwarding-refused",
      phrase: expect.stringMatching(/^reach \S+ port \d+ from the bastion 127\.0\.0\.1 port \d+$/) as string,
      wayOut: expect.stringContaining("dropbear must run without -j") as string,
    });
  });

  test("[E] without SFTP is a server that needs it installed, and runs programs", async () => {
    await expect(reached(open.connection).files()).rejects.toMatchObject({
      code: "file-error",
      said: expect.stringMatching(
        / where an SFTP server should answer: .*sftp-server: No such file/,
      ) as string,
      wayOut: expect.stringMatching(/^Install OpenSSH's SFTP server at that path/) as string,
    });
    expect(await reached(open.connection).run(["/bin/echo", "it runs"])).toMatchObject({
      exitCode: 0,
      stdout: "it runs\n",
    });
  });
});
