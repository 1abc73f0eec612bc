import { connection } from "../../provider/schema/connection";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZXiI9uwFsYxYhcAvS0tiRnCbpfb3MuMGYVzE1T0GGC";
const fingerprint = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";

describe("identity of a connection", () => {
  test.each([publicKey, `${publicKey} me@desk`, fingerprint])("[U] is accepted: %s", (identity) => {
    expect(connection.safeParse({ host: "ns1", identity }).success).toBe(true);
  });

  test.each([
    "~/.ssh/id_ed25519.pub",
    "me@desk",
    "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
    `256 ${fingerprint} me@desk (ED25519)`,
    fingerprint.slice(0, -1),
    publicKey.slice("ssh-ed25519 ".length),
    `${publicKey}\n${publicKey}`,
    "",
  ])("[U] is refused with both forms: %j", (identity) => {
    const { error } = connection.safeParse({ host: "ns1", identity });
    expect(error?.issues[0]).toMatchObject({ path: ["identity"] });
    const isWhole = identity !== "" && !identity.includes("\n");
    if (isWhole) expect(error?.message).toContain("its fingerprint such as `SHA256:...` (ssh-add -l)");
  });
});
