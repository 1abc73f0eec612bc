import * as pulumi from "@pulumi/pulumi";
import type * as whm from "pulumi-whm";

// Create your nameservers here, for example with a cloud provider's resources. In this example they already exist, and
// the stack's secret configuration describes them. The output is secret because it contains credentials.
const nameservers = new pulumi.Config("whm").requireObject<whm.ServersByName>("servers");

export const servers = pulumi.secret(nameservers);
