import { Client } from "ssh2";
import { type ErrorReporter, type ServerError, troubleText } from "../errors";
import { refusedCredentialWayOut } from "../credentials";
import type { Authentication } from "./authentication";
import { SshConnection } from "./connection";
import type { DialProgress } from "./dial-progress";
import type { HostKeyPolicy } from "./host-key-policy";
import type { Line } from "./line";

export interface HandshakeRequest {
  line: Line;
  user: string;
  authentication: Authentication;
  hostKeys: HostKeyPolicy;
  phrase: string;
  reporter: ErrorReporter;
  progress: DialProgress;
}

type Trouble = Error & { level?: string; code?: unknown };

/** Makes one attempt to agree on keys and log in. Checks the host key before any credential is sent. */
export function handshake(request: HandshakeRequest): Promise<SshConnection> {
  const { line, user, authentication, hostKeys, reporter, progress } = request;
  return new Promise((resolve, reject) => {
    const client = new Client();
    const notes: string[] = [];
    let refusal: ServerError | undefined;
    client.on("ready", () => {
      progress.pass("login");
      resolve(new SshConnection(client, line, reporter));
    });
    client.on("error", (trouble: Trouble) => {
      // An agent that doesn't answer is no reason to give up: another credential may follow.
      if (trouble.level === "agent") notes.push(`the agent said: ${trouble.message}`);
      else reject(refusal ?? failure(request, trouble, notes));
    });
    client.on("close", () =>
      reject(refusal ?? failure(request, new Error("the server closed the connection"), notes)),
    );
    client.connect({
      sock: line.stream,
      username: user,
      authHandler: (methodsLeft) => authentication.next(methodsLeft),
      hostVerifier: (key: Buffer) => {
        refusal = hostKeys.judge(key);
        if (!refusal) progress.pass("hostKey");
        return refusal === undefined;
      },
      algorithms: { serverHostKey: hostKeys.algorithms },
      readyTimeout: 0,
    });
  });
}

function failure(request: HandshakeRequest, trouble: Trouble, notes: readonly string[]): ServerError {
  const { phrase, reporter, authentication, hostKeys } = request;
  const said = [troubleText(trouble), ...notes].join("; ");
  const wasThrownOut = typeof trouble.code === "number" && authentication.offered.length > 0;
  if (trouble.level === "client-authentication" || wasThrownOut) {
    const hadOnlyAgent = authentication.offered.every((type) => type === "agent");
    return notes.length > 0 && hadOnlyAgent ? noAgent(request, notes) : refusedLogin(request, said);
  }
  if (hostKeys.isKnown && /no matching host key/i.test(said)) return otherKindOfKey(request);
  if (isNoAgreement(trouble)) {
    const wayOut = "Check that an SSH server listens there, and that it is not too old.";
    return reporter.error({ code: "unexpected-reply", phrase, said, wayOut, cause: trouble });
  }
  return reporter.error({
    code: isDialTrouble(trouble) ? "unreachable" : "connection-lost",
    phrase,
    said,
    wayOut: "Check its address and port, the firewall, and that sshd runs. Nothing was changed.",
    cause: trouble,
  });
}

function refusedLogin(
  { phrase, reporter, authentication, user }: HandshakeRequest,
  said: string,
): ServerError {
  const offered = [...new Set(authentication.offered)].join(", ");
  return reporter.error({
    code: "refused-credential",
    phrase,
    said: `the server refused ${user} (offered: ${offered || "nothing that it takes"}); ${said}`,
    wayOut: refusedCredentialWayOut,
  });
}

/** An agent that doesn't answer, and nothing else to log in with: the server has refused nothing. */
function noAgent({ phrase, reporter }: HandshakeRequest, notes: readonly string[]): ServerError {
  return reporter.error({
    code: "missing-credential",
    phrase,
    said: `there is only an SSH agent to log in with, and it does not answer: ${notes.join("; ")}`,
    wayOut:
      "Start the agent and load the key (ssh-add), correct agentSocketPath or SSH_AUTH_SOCK, or give a key with privateKeyFile.",
  });
}

function otherKindOfKey({ phrase, reporter, hostKeys }: HandshakeRequest): ServerError {
  return reporter.error({
    code: "changed-host-key",
    phrase,
    said: `the server has no host key of the kind that is known here: ${hostKeys.algorithms.join(", ")}`,
    wayOut: "Compare the server's keys on its console, then pin one of them in hostKey.",
  });
}

/** Whether the two sides don't understand each other; another try would end the same way. */
function isNoAgreement({ level, message }: Trouble): boolean {
  return level === "handshake" || (level === "protocol" && !/lost before/i.test(message));
}

function isDialTrouble({ level, code }: Trouble): boolean {
  return level === "client-socket" && code !== "ECONNRESET" && code !== "EPIPE";
}
