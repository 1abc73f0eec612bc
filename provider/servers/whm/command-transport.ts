import { type ErrorReporter, firstLine, isServerError, type ServerError } from "../errors";
import type { CommandOptions, CommandResult } from "../ssh/exec";
import { cureOfLogin } from "../ssh/login-cures";
import { type ApiParameters, type CallOptions, type WhmApi, flatParameters } from "./api";
import { readReply, lostReply } from "./envelope";
import type { CallFailure } from "./reply";
import { withVersion } from "./running-version";

/** The full path, because shells on CloudLinux don't find it otherwise. */
const program = "/usr/local/cpanel/bin/whmapi1";

/** Errors after which nobody knows what the program did. "unexpected-reply" means that it wrote without end. */
const uncertain = ["connection-lost", "timed-out", "unexpected-reply"] as const;

type Run = (argv: readonly string[], options: CommandOptions) => Promise<CommandResult>;

/** WHM API 1 through `whmapi1`, which runs as root and needs no token. */
export class CommandTransport implements WhmApi {
  constructor(
    private readonly reporter: ErrorReporter,
    private readonly run: Run,
  ) {}

  get server(): string {
    return this.reporter.server;
  }

  async call(
    phrase: string,
    functionName: string,
    parameters: ApiParameters,
    { mutation, secrets = [] }: CallOptions,
  ): Promise<unknown> {
    if (secrets.length > 0) throw this.secretInArguments(phrase, functionName);
    const result = await this.execute(phrase, commandLine(functionName, parameters), mutation);
    // The exit status says nothing: it is 0 even for a failed call.
    const outcome = readReply({ body: result.stdout });
    if ("data" in outcome) return outcome.data;
    const isSpoiled = outcome.failure.mayHaveHappened;
    const failure = isSpoiled
      ? explained(outcome.failure, result)
      : await this.withVersion(outcome.failure, functionName);
    const isUncertain = mutation && isSpoiled && result.exitCode !== 127;
    throw this.reporter.error({
      phrase,
      ...(isUncertain ? lostReply(failure.said, failure.wrote) : failure),
    });
  }

  private withVersion(failure: CallFailure, functionName: string): Promise<CallFailure> {
    return withVersion(failure, functionName, async () => {
      const { stdout } = await this.run(commandLine("version", {}), { phrase: "read the version" });
      return { body: stdout };
    });
  }

  private async execute(phrase: string, argv: string[], mutation: boolean): Promise<CommandResult> {
    try {
      return await this.run(argv, { phrase });
    } catch (error) {
      if (!mutation || !isServerError(error, ...uncertain) || error.phrase !== phrase) throw error;
      throw this.reporter.error({ phrase, ...lostReply(error.said), cause: error });
    }
  }

  private secretInArguments(phrase: string, functionName: string): ServerError {
    return this.reporter.error({
      code: "missing-credential",
      phrase,
      said: `${functionName} takes a secret, which other users of the server could see in whmapi1's argument list`,
      wayOut: "Give this server `api` with a token, so that the call goes over HTTPS.",
    });
  }
}

function commandLine(functionName: string, parameters: ApiParameters): string[] {
  const values = flatParameters(parameters).map(([name, value]) => `${name}=${encodeValue(value)}`);
  return [program, "--output=json", functionName, ...values];
}

/** Encodes a value. Versions differ on whether it is decoded, so only what would be misread otherwise is encoded. */
function encodeValue(value: string): string {
  return value.replace(/[%&+=\s]/g, (character) => encodeURIComponent(character));
}

/** Explains a failure by what else the program or the log-in wrote if there is no JSON. */
function explained(failure: CallFailure, result: CommandResult): CallFailure {
  const { exitCode, stdout, stderr } = result;
  const status = exitCode === undefined ? "without an exit status" : `with exit status ${exitCode}`;
  return {
    code: "unexpected-reply",
    said: `whmapi1 ended ${status} and ${failure.said.replace("it answered", "wrote")}`,
    wrote: talk(stdout) || firstLine(stderr),
    wayOut: wayOut(result),
  };
}

/** Tells a login that runs no program, or adds text to its output, from a server without WHM. */
function wayOut({ stdout, stderr }: CommandResult): string {
  const ofLogin = cureOfLogin(stdout) ?? cureOfLogin(stderr);
  if (ofLogin !== undefined) return ofLogin;
  if (talk(stdout) !== "")
    return (
      "If the log-in writes that: no ForceCommand for it, and a ~/.bashrc may print in interactive sessions only ([[ $- == *i* ]] || return). " +
      installed
    );
  return installed;
}

const installed =
  "Check that cPanel & WHM or DNSOnly is installed there, and that the login is root or has sudo: true.";

/** Returns the line of a shell, a forced command or a .bashrc, but nothing of a reply: it may hold a new token. */
function talk(stdout: string): string {
  const line = firstLine(stdout);
  return /[{}"]|^---|^\w+:/.test(line) ? "" : line;
}
