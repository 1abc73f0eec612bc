import type { ErrorReporter, ServerError } from "../errors";
import { refusedCredentialWayOut } from "../credentials";
import type { Certificate } from "./certificates/certificate";
import { refusedCertificates } from "./certificates/refused-certificates";

/** What is needed to tell how a log-in was refused. */
export interface RefusedLogin {
  user: string;
  phrase: string;
  /** Place of the hop in the settings. */
  field: string;
  /** Methods that were offered. */
  offered: readonly string[];
  /** Certificates that were offered. */
  certificates: readonly Certificate[];
  /** Where each credential comes from, by method. */
  places: Readonly<Record<string, string>>;
  /** What the server or the library said at the end. */
  said: string;
  /** What the server wrote beside the protocol. */
  wrote: string;
}

/** Which methods of a log-in a server has accepted, and which it takes. */
export class LoginTrail {
  private readonly accepted: string[] = [];
  private taken: readonly string[] | null = null;

  /** Methods that the server takes next; null before its first answer. */
  get methodsLeft(): readonly string[] | null {
    return this.taken;
  }

  /**
   * Notes what the server answered to the last method.
   *
   * @param isPart whether it accepted that method, and wants another one as well
   */
  note(methodsLeft: readonly string[], isPart: boolean, last: string | undefined): void {
    if (isPart && last !== undefined) this.accepted.push(last);
    this.taken = methodsLeft;
  }

  error(login: RefusedLogin, reporter: ErrorReporter): ServerError {
    return this.accepted.length > 0 ? this.halfWay(login, reporter) : this.refused(login, reporter);
  }

  private refused(login: RefusedLogin, reporter: ErrorReporter): ServerError {
    const { user, phrase, offered, places, wrote } = login;
    const each = [...new Set(offered)].map((method) => `${method} (${places[method]})`).join(", ");
    const takes = this.taken?.length ? `; it takes ${this.taken.join(", ")}` : "";
    const end = /all configured authentication methods failed/i.test(login.said) ? "" : `; ${login.said}`;
    return reporter.error({
      code: "refused-credential",
      phrase,
      said: `the server refused ${user} (offered: ${each || "nothing that it takes"}${takes})${end}${wrote && "; it wrote"}`,
      wrote,
      wayOut: wayOutOf(login),
    });
  }

  private halfWay(
    { user, phrase, field, places, wrote }: RefusedLogin,
    reporter: ErrorReporter,
  ): ServerError {
    const accepted = this.accepted.map((method) => `${method} (${places[method]})`).join(", ");
    const wanted = this.taken?.join(" or ");
    return reporter.error({
      code: "refused-credential",
      phrase,
      said: `the server accepted ${accepted} of ${user} and wants ${wanted || "more"} as well${wrote && "; it wrote"}`,
      wrote,
      wayOut: `Give that too (${field}.password), or let this login in with one factor: Match User ${user} and AuthenticationMethods publickey in sshd_config. One-time codes can't be given.`,
    });
  }
}

function wayOutOf(login: RefusedLogin): string {
  const { user, certificates, said } = login;
  const reasons = certificates.length > 0 ? `${refusedCertificates(certificates, user)} ` : "";
  const attempts = /too many/i.test(said) ? `${tooMany(login)} ` : "";
  return `${reasons}${attempts}${refusedCredentialWayOut}`;
}

function tooMany({ field, offered }: RefusedLogin): string {
  const agent = offered.includes("agent")
    ? `Each key of the agent counts: name the right one in ${field}.identity, or give it with ${field}.privateKeyFile. `
    : "";
  return `${agent}sshd breaks off after MaxAuthTries attempts.`;
}
