import { ErrorReporter } from "../../../provider/servers/errors";
import { type HostKeyQuestion, unknown } from "../../../provider/servers/ssh/host-key-refusals";

const blob = Buffer.from("AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f", "base64");

function wayOut(hop: Partial<HostKeyQuestion["hop"]>, via?: HostKeyQuestion["via"]): string {
  const whole = { host: "web1.example.com", field: "connection", ...hop };
  const reporter = new ErrorReporter("web1");
  return unknown({ hop: whole, field: "connection", port: 22, phrase: "open", reporter, via }, blob).wayOut;
}

describe("the cure for an unknown host key", () => {
  test("[U] is a command that adds it to the user's file", () => {
    expect(wayOut({})).toMatch(/or add it: ssh-keyscan -p 22 web1\.example\.com >> ~\/\.ssh\/known_hosts\.$/);
  });

  test("[U] names the file that ssh_config names", () => {
    const knownHosts = { files: ["/etc/dns/hosts", "/b"], alias: undefined, revoked: undefined };
    expect(wayOut({ knownHosts })).toContain(">> /etc/dns/hosts.");
    expect(wayOut({ knownHosts: { ...knownHosts, alias: "web" } })).toContain(
      "add it to /etc/dns/hosts under the name web.",
    );
  });

  test("[U] asks from the bastion behind which the host stands", () => {
    expect(wayOut({}, { host: "gate", port: 2222 })).toContain("ssh -p 2222 gate ssh-keyscan -p 22 web1");
    expect(wayOut({}, { host: "gate" })).toContain("add it: ssh gate ssh-keyscan -p 22 web1");
  });
});
