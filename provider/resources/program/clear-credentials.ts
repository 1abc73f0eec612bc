import * as configuration from "@pulumi/pulumi/runtime/config";
import * as pulumi from "../sdk";
import { mayHoldCredential } from "../../schema/held-credentials";

const key = "whm:servers";

/**
 * Warns of a credential that stands in clear in the stack's configuration, where everybody reads it who reads the
 * repository or the state.
 *
 * @returns the same sentence if it shall reject the program, with `PULUMI_WHM_STRICT=1`
 */
export function refuseClearCredentials(): string | undefined {
  const text = pulumi.getConfig(key);
  if (text === undefined || isSecret(key) || !mayHoldCredential(text)) return undefined;
  const sentence = sentenceFor(pulumi.getStack());
  if (process.env["PULUMI_WHM_STRICT"] === "1") return sentence;
  void pulumi.log.warn(sentence);
  return undefined;
}

/** Asks a function that the SDK keeps to itself. Where it is missing, nothing is known and nothing is said. */
function isSecret(name: string): boolean {
  const { isConfigSecret } = configuration as { isConfigSecret?: (name: string) => boolean };
  return isConfigSecret?.(name) ?? true;
}

function sentenceFor(stack: string): string {
  const options = `${key} --stack ${stack}`;
  return (
    `${key} holds a credential and is not secret: it stands in clear in Pulumi.${stack}.yaml and in the state. ` +
    `Run \`pulumi config get ${options} | pulumi config set --secret ${options}\`, and change the credential if others could read the file.`
  );
}
