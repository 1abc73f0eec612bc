import { remote } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import * as whm from "pulumi-whm";

const { ns1, ns2, ...webServers } = new pulumi.Config("whm").requireObject<
  Record<"web1" | "ns1" | "ns2", whm.ServerArgs & { connection: whm.ConnectionArgs }>
>("servers");

// Each nameserver is switched to PowerDNS before it is linked, because zones can be signed only if every member runs it.
// The cluster gets a nameserver's connection only after its command has succeeded, so it waits for the command.
const prepared = (name: string, server: typeof ns1): whm.ServerArgs => {
  const create = "/usr/local/cpanel/bin/whmapi1 --output=json set_nameserver nameserver=PowerDNS";
  const { stdout } = new remote.Command(`${name}-powerdns`, { connection: server.connection, create });
  return { ...server, connection: stdout.apply((reply) => afterSuccess(reply, server.connection)) };
};

const nameservers = { ns1: prepared("ns1", ns1), ns2: prepared("ns2", ns2) };
// Sends the existing zones of web1 to its new nameservers, once.
new whm.DnsCluster("cluster", { ...whm.directLinks({ webServers, nameservers }), syncAfterChange: true });

/** whmapi1 always exits with 0, so its output decides. */
function afterSuccess<Value>(reply: string, value: Value): Value {
  const { metadata } = JSON.parse(reply) as { metadata: { result: number; reason: string } };
  if (metadata.result !== 1) throw new pulumi.RunError(`set_nameserver was refused: ${metadata.reason}`);
  return value;
}
