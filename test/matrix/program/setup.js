// What the programs of all ways in have in common: the plan, its servers, and how one entry of the plan is declared.
const { CustomResource } = require("@pulumi/pulumi/resource");
const { getConfig } = require("@pulumi/pulumi/runtime/config");
const whm = require("pulumi-whm");
const plan = require("./plan.json");

const configured = JSON.parse(getConfig("whm:servers"));

/** A value that no preview knows: it comes from another resource. */
class Late extends CustomResource {
  constructor(name, value) {
    const handler = `exports.handler=()=>({create:async()=>({id:"late",outs:{value:"${value}"}})})`;
    super("pulumi-nodejs:dynamic:Resource", name, { __provider: handler, value: undefined });
  }
}

const hosts = new Map();

function connectionOf(name) {
  const connection = configured[name]?.connection;
  if (!plan.unknownConnections || !connection) return connection;
  const host = hosts.get(name) ?? new Late(`host-of-${name}`, connection.host);
  hosts.set(name, host);
  return { ...connection, host: host.value };
}

/** The servers of a topology as the plan says, each with the way to reach the simulated one of that name. */
exports.reachable = (servers) =>
  Object.fromEntries(
    Object.entries(servers).map(([name, server]) => {
      const [connection, api] = [connectionOf(name), configured[name]?.api];
      return [name, { ...server, ...(connection && { connection }), ...(api && { api }) }];
    }),
  );

/** A whole topology as one cluster. */
exports.cluster = (name, { servers, links, trusts, trustedAddresses, rules }, opts) =>
  new whm.DnsCluster(
    name,
    { servers: exports.reachable(servers), links, trusts, trustedAddresses, rules },
    opts,
  );

const seen = new Map();

/** Names follow from what is declared; what is declared twice gets a number. */
function nameFor(key) {
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return count === 1 ? key : `${key}-${count}`;
}

const tokens = new Map();

function tokenFor({ token, opened, user }, opts) {
  if (token === null) return undefined;
  const name = `${opened}-for-${user}`;
  const made = tokens.get(name) ?? new whm.ApiToken(name, { server: opened, users: [user], ...token }, opts);
  tokens.set(name, made);
  return made.token;
}

const makers = {
  link: ({ from, to, role }, token, opts) =>
    new whm.DnsClusterMember(nameFor(`${from}-${to}`), { server: from, peer: to, role, token }, opts),
  trust: ({ server, peer }, token, opts) =>
    new whm.ReverseTrust(nameFor(`${peer}-trusts-${server}`), { server, peer, token }, opts),
  address: ({ server, address }, _token, opts) =>
    new whm.TrustedRemoteIp(nameFor(`${server}-${address}`), { server, address }, opts),
};

/** A function that declares single entries with a provider of the plan's servers. */
exports.declarer = ({ servers, rules }) => {
  const provider = new whm.Provider("whm", { servers: exports.reachable(servers), rules });
  const declare = (entry, opts = { provider }) => {
    const token = entry.kind === "address" ? undefined : (entry.given ?? tokenFor(entry, opts));
    return makers[entry.kind](entry, token, opts);
  };
  return { provider, declare, tokenFor: (entry) => tokenFor(entry, { provider }) };
};

exports.plan = plan;
