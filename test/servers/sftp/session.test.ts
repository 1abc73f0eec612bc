import { EventEmitter } from "node:events";
import type { SFTPWrapper } from "ssh2";
import { ErrorReporter } from "../../../provider/servers/errors";
import { SftpSession } from "../../../provider/servers/sftp/session";

test("[U] a closed session sends nothing more and reports it at once", async () => {
  const sftp = new EventEmitter();
  const abandon = jest.fn();
  const session = new SftpSession(sftp as SFTPWrapper, {
    reporter: new ErrorReporter("ns1"),
    login: { user: "root", sudo: false },
    hold: (_phrase, work) => work(),
    abandon,
  });
  sftp.emit("close");
  const start = jest.fn();
  await expect(session.request("read /etc/x", start)).rejects.toMatchObject({ code: "connection-lost" });
  expect([start.mock.calls, abandon.mock.calls]).toEqual([[], []]);
});
