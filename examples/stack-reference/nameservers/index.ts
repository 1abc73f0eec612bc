import * as pulumi from "@pulumi/pulumi";
import type * as whm from "pulumi-whm";

// Where your nameservers are made, by a cloud provider's resources for example. Here they are there already, and the
// stack's secret configuration describes them. The output is secret: it holds how to log in.
const nameservers = new pulumi.Config("whm").requireObject<whm.ServersByName>("servers");

export const servers = pulumi.secret(nameservers);
