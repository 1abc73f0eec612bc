import { plainServers } from "../../provider/resources/program/plain-servers";
import { hostOrAddress, memberAddress, serverAddress } from "../../provider/schema/addresses";
import { hostName } from "../../provider/schema/values";
import { parse } from "../../provider/schema/parse";

const asServer = (address: string) => () => parse(serverAddress, address, "The address");
const asHost = (host: string) => () => parse(hostOrAddress, host, "The host");

describe("the address of a server", () => {
  test.each(["192.0.2.53", "10.0.0.5", "100.64.0.1", "127.11.0.1", "2001:db8::53", "FD00::1"])(
    "[U] is %s",
    (address) => {
      expect(asServer(address)()).toBe(address);
    },
  );

  test.each([
    ["127.0.0.1", /loopback/],
    ["127.0.1.1", /loopback/],
    ["::1", /loopback/],
    ["0.0.0.0", /any address/],
    ["::", /any address/],
    ["224.0.0.1", /multicast/],
    ["239.255.255.250", /multicast/],
    ["ff02::1", /multicast/],
    ["255.255.255.255", /broadcast/],
    ["169.254.1.1", /link-local/],
    ["fe80::1", /link-local/],
    ["::ffff:192.0.2.53", /IPv4 address alone/],
    ["192.0.2.53:2087", /port belongs/],
    ["[2001:db8::53]:2087", /port belongs/],
    ["192.0.2.53/24", /network/],
    [" 192.0.2.53", /blanks/],
    ["192.0.2.053", /leading zeros/],
    ["192.0.2.300", /0 to 255/],
    ["https://192.0.2.53", /scheme/],
    ["ns1.example.com", /host name.*getent ahostsv4 ns1\.example\.com/],
    ["NS1.Example.com.", /host name/],
    ["bücher.example", /host name/],
  ])("[U] is not %s, and the refusal says why", (address, why) => {
    expect(asServer(address)).toThrow(/must be an IPv4 or IPv6 address, not/);
    expect(asServer(address)).toThrow(why);
  });

  test("[U] is IPv4 where it is stored as a member", () => {
    expect(() => parse(memberAddress, "2001:db8::53", "The address")).toThrow(/must be an IPv4 address/);
    expect(() => parse(memberAddress, "127.0.0.1", "The address")).toThrow(/loopback/);
  });

  test("[U] that is a host name is refused by a program with what it resolves to here", () => {
    const declare = (address: string) => () =>
      plainServers({ ns1: { type: "dnsonly", address } }, "The servers");
    expect(declare("localhost")).toThrow(/\(getent ahostsv4 localhost\); here that is 127\.0\.0\.1/);
    expect(declare("nowhere.invalid")).toThrow(/; here that is none/);
  });
});

describe("the host name that servers store", () => {
  const asName = (name: string) => () => parse(hostName, name, "The name");

  test.each(["ns1.example.com", "NS1", "ns_1.example.com", "xn--bcher-kva.example"])("[U] is %s", (name) => {
    expect(asName(name)()).toBe(name);
  });

  test.each([
    ["ns1.example.com.", /leave out the final dot/],
    ["bücher.example", /servers store xn--bcher-kva\.example/],
    ["ns1.example.com:2087", /must be a host name/],
    ["https://ns1.example.com", /must be a host name/],
  ])("[U] is not %s, and the refusal says why", (name, why) => {
    expect(asName(name)).toThrow(why);
  });
});

describe("the host of a connection", () => {
  test.each([
    "ns1.example.com",
    "NS1.example.com.",
    "ns_1",
    "bücher.example",
    "xn--bcher-kva.example",
    "192.0.2.53",
    "2001:db8::53",
    "fe80::1%eth0",
  ])("[U] is %s", (host) => {
    expect(asHost(host)()).toBe(host);
  });

  test.each([
    ["https://ns1.example.com", /scheme/],
    ["ns1.example.com:22", /belongs in port/],
    ["root@ns1.example.com", /belongs in user/],
    ["[2001:db8::53]", /without brackets/],
    ["[2001:db8::53]:22", /without brackets/],
    ["ns1 example", /alone/],
    ["ns1.example.com/path", /alone/],
    ["ns1;reboot", /alone/],
    ["$(reboot).example.com", /alone/],
    ["`reboot`", /alone/],
    ["ns1'", /alone/],
    ["-oProxyCommand=reboot", /alone/],
    ["ns1\u200b.example.com", /alone/],
  ])("[U] is not %s, and the refusal says why", (host, why) => {
    expect(asHost(host)).toThrow(why);
  });
});
