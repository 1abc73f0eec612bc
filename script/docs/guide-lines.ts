import type { GuideLine } from "../../provider/topology";

/** What each line of cPanel's Guide to DNS Cluster Configurations asks for, in our words. */
export const guideLines: Readonly<Record<GuideLine, string>> = {
  G1:
    "A cluster has two servers at least, one of them cPanel & WHM. All run cPanel & WHM or DNSOnly, version 11 or " +
    "later, and the nameservers work already.",
  G2: "Marked as important: a nameserver never synchronises back to a web server, where it would make needless zones.",
  G3: "A warning: the write-only role does not look for zones that exist, so one domain can come to be on several servers.",
  G4: "A recommendation: link neither nameservers to each other nor web servers to each other.",
  G5:
    "Each server has a list of nameserver addresses that it trusts; without them users may be unable to add addon and " +
    "parked domains. Nameservers that are clustered from elsewhere are added by hand.",
  G6:
    "Direct links are the best configuration: each web server is linked to each nameserver, by an API token of the " +
    "nameserver.",
  G7:
    "One nameserver may pass zones on to the others: one web server and two nameservers at least. It slows transfers by " +
    "a factor of three.",
  G8: "Several intermediaries are not recommended: they raise the load and slow updates. They need two web servers and two nameservers at least.",
  G9:
    "Servers of a cluster need each other's trust, by API tokens with the privilege for DNS clustering. DNSOnly servers and " +
    "write-only links do not.",
};
