import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { freePort, loopback } from "../helpers/free-port";
import { textsBelow } from "./folder-store";
import { ServerProcess } from "./server-process";
import type { StateStore } from "./state-store";

const credentials = { user: "pulumi", password: "open sesame to the bucket" };
const bucket = "pulumi-state";

/** An S3 server with a bucket. Each object is a file in its folder, so that a test can look into it. */
export async function openS3(programFolder: string): Promise<StateStore> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-whm-s3-"));
  const [objects, attributes] = [join(folder, "objects"), join(folder, "attributes")];
  await Promise.all([mkdir(join(objects, bucket), { recursive: true }), mkdir(attributes)]);
  const address = `${loopback}:${await freePort()}`;
  const server = await ServerProcess.start(
    [join(programFolder, "versitygw"), "--port", address, "posix", "--sidecar", attributes, objects],
    { ROOT_ACCESS_KEY: credentials.user, ROOT_SECRET_KEY: credentials.password },
    () => answers(`http://${address}`),
  );
  return {
    environment: environmentFor(address),
    stored: () => textsBelow(folder),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function environmentFor(address: string): Record<string, string> {
  const query = new URLSearchParams({
    region: "us-east-1",
    endpoint: `http://${address}`,
    use_path_style: "true",
  });
  return {
    PULUMI_BACKEND_URL: `s3://${bucket}?${query.toString()}`,
    AWS_ACCESS_KEY_ID: credentials.user,
    AWS_SECRET_ACCESS_KEY: credentials.password,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

async function answers(url: string): Promise<boolean> {
  const reply = await request(url).catch(() => undefined);
  await reply?.body.text();
  return reply !== undefined;
}
