import { Client } from "ssh2";
import { refusedCredentialWayOut } from "../credentials";
import { type ErrorReporter, type ServerError, troubleText } from "../errors";
import { uselessAgent } from "./agent-keys";
import type { Authentication } from "./authentication";
import type { Certificate } from "./certificates/certificate";
import { offerCertificates } from "./certificates/offer-certificates";
import { SshConnection } from "./connection";
import type { DialProgress } from "./dial-progress";
import type { HostKeyPolicy } from "./host-key-policy";
import type { Line } from "./line";
import { followAnswers } from "./login-answers";
import { cureOfLogin } from "./login-cures";
import { LoginTrail } from "./login-trail";
import { Negotiation } from "./negotiation";
import type { Overheard } from "./overheard";

export interface HandshakeRequest {
  line: Line;
  user: string;
  /** Whether root's rights are got through sudo. */
  sudo: boolean;
  /** Place of the hop in the settings. */
  field: string;
  /** Where each credential comes from, by the method that offers it. */
  places: Readonly<Record<string, string>>;
  authentication: Authentication;
  hostKeys: HostKeyPolicy;
  phrase: string;
  reporter: ErrorReporter;
  progress: DialProgress;
  /** Gathers what the server writes beside the protocol. */
  overheard: Overheard;
}

/** A handshake under way. */
type Attempt = HandshakeRequest & { negotiation: Negotiation; certificates: Certificate[] };

type Trouble = Error & { level?: string; code?: unknown };

/** Makes one attempt to agree on keys and log in. Checks the host key before any credential is sent. */
export function handshake(request: HandshakeRequest): Promise<SshConnection> {
  const { line, user, sudo, authentication, hostKeys, reporter, progress, overheard } = request;
  return new Promise((resolve, reject) => {
    const client = new Client();
    const notes: string[] = [];
    const trail = new LoginTrail();
    const negotiation = new Negotiation();
    const attempt: Attempt = { ...request, negotiation, certificates: [] };
    let refusal: ServerError | undefined;
    client.on("ready", () => {
      progress.pass("login");
      resolve(new SshConnection(client, line, reporter, { user, sudo }));
    });
    client.on("error", (trouble: Trouble) => {
      // An agent that doesn't answer is no reason to give up: another credential may follow.
      if (trouble.level === "agent") notes.push(`the agent said: ${trouble.message}`);
      else reject(refusal ?? failure(attempt, trouble, notes, trail));
    });
    client.on("close", () =>
      reject(refusal ?? failure(attempt, new Error("the server closed the connection"), notes, trail)),
    );
    client.on("banner", (text) => overheard.hearBanner(text));
    client.on("change password", (prompt) => reject(expiredPassword(request, prompt)));
    client.connect({
      sock: line.stream,
      username: user,
      authHandler: () => authentication.next(trail.methodsLeft),
      hostVerifier: (key: Buffer) => {
        refusal = hostKeys.judge(key);
        if (!refusal) progress.pass("hostKey");
        return refusal === undefined;
      },
      algorithms: { serverHostKey: hostKeys.algorithms },
      readyTimeout: 0,
      debug: negotiation.follow,
    });
    followAnswers(client, (methodsLeft, isPart) =>
      trail.note(methodsLeft, isPart, authentication.offered.at(-1)),
    );
    offerCertificates(client, (certificate) => attempt.certificates.push(certificate));
    // After `connect`, which pauses the stream: a listener alone would let it flow too early.
    overheard.listen(line.stream, () => reject(stranger(request)));
  });
}

function failure(
  request: Attempt,
  trouble: Trouble,
  notes: readonly string[],
  trail: LoginTrail,
): ServerError {
  const { phrase, reporter, authentication, overheard } = request;
  if (overheard.stranger !== undefined) return stranger(request);
  const said = [troubleText(trouble), ...notes].join("; ");
  const wasThrownOut = typeof trouble.code === "number" && authentication.offered.length > 0;
  if (trouble.level === "client-authentication" || wasThrownOut) {
    const hadOnlyAgent = authentication.offered.every((type) => type === "agent");
    if (notes.length > 0 && hadOnlyAgent) {
      const silence = `it does not answer: ${notes.join("; ")}`;
      return uselessAgent({ phrase, place: request.places["agent"], trouble: silence }, reporter);
    }
    return trail.error(
      { ...request, offered: authentication.offered, said, wrote: overheard.line },
      reporter,
    );
  }
  if (isNoAgreement(trouble)) return noAgreement(request, trouble);
  if (isDialTrouble(trouble)) return reporter.error({ ...unreachable, phrase, said, cause: trouble });
  return lost(request, said, trouble);
}

const unreachable = {
  code: "unreachable",
  wayOut: "Check its address and port, the firewall, and that sshd runs. Nothing was changed.",
} as const;

/** A connection that the server closed, often with a word of its own before its greeting. */
function lost(
  { phrase, user, reporter, overheard, authentication }: HandshakeRequest,
  said: string,
  trouble: Trouble,
): ServerError {
  const { line: wrote } = overheard;
  const wayOut = authentication.offered.length > 0 ? cureOfLogin(wrote) : undefined;
  // PAM accepts the credential and then refuses the account.
  if (wayOut !== undefined)
    return reporter.error({
      code: "refused-credential",
      phrase,
      said: `the server ended the log-in of ${user}`,
      wrote,
      wayOut,
    });
  return reporter.error({
    code: "connection-lost",
    phrase,
    said: overheard.hasGreeted
      ? said
      : `the server closed the connection before its SSH greeting${wrote && ", and wrote"}`,
    wrote,
    wayOut: closings.find(([pattern]) => pattern.test(wrote))?.[1] ?? otherClosing,
    cause: trouble,
  });
}

function noAgreement(request: Attempt, trouble: Trouble): ServerError {
  const { phrase, reporter, hostKeys, negotiation } = request;
  const said = troubleText(trouble);
  if (/no matching/i.test(said)) {
    if (negotiation.signsWithSha1Only) return negotiation.sha1Error(phrase, reporter);
    if (hostKeys.isKnown && /host key/i.test(said)) return otherKindOfKey(request);
    const error = negotiation.error(phrase, reporter);
    if (error) return error;
  }
  const wayOut = "Check that an SSH server listens there, and that it is not too old.";
  return reporter.error({ code: "unexpected-reply", phrase, said, wayOut, cause: trouble });
}

const closings: readonly (readonly [pattern: RegExp, wayOut: string])[] = [
  [
    /MaxStartups/i,
    "Too many log-ins are under way there: raise MaxStartups in its sshd_config, or let fewer runs go at the same time.",
  ],
  [
    /not allowed at this time/i,
    "sshd has locked this machine's address out after failed log-ins (PerSourcePenalties): correct the log-in, and wait some minutes.",
  ],
];
const otherClosing =
  "Check its address and port, and whether its sshd, firewall, hosts.deny or fail2ban refuses this machine. Nothing was changed.";

/** Another service than sshd: another try would end the same way. */
function stranger({ phrase, field, reporter, overheard }: HandshakeRequest): ServerError {
  return reporter.error({
    code: "unexpected-reply",
    phrase,
    said: `${overheard.stranger} answers there, not sshd`,
    wrote: overheard.line,
    wayOut: `Correct ${field}.host and ${field}.port: they must lead to sshd, which usually listens on port 22.`,
  });
}

function expiredPassword({ phrase, places, reporter, user }: HandshakeRequest, prompt: string): ServerError {
  return reporter.error({
    code: "refused-credential",
    phrase,
    said: `the password of ${user} (${places["password"]}) has expired, and the server wants a new one`,
    wrote: prompt,
    wayOut: `Log in by hand and change it, or use a key. ${refusedCredentialWayOut}`,
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
