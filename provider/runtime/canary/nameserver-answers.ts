import { soaOf, type SoaAnswer } from "../../servers";
import { servers } from "../engine/session";

/** Asks nameservers for canaries over DNS. */
export class NameserverAnswers {
  private readonly unheard = new Map<string, SoaAnswer>();

  /** Names of the servers that gave no answer at all: this machine may not reach them. They are asked once. */
  get silent(): readonly string[] {
    return [...this.unheard.keys()].sort();
  }

  async of(name: string, zone: string): Promise<SoaAnswer> {
    const { publicAddress, address } = servers().get(name).settings;
    const at = publicAddress ?? address;
    const known = this.unheard.get(name);
    if (known || at === undefined) return known ?? { isSilent: true, said: "has no address" };
    const answer = await soaOf(zone, at);
    if ("isSilent" in answer && answer.isSilent) this.unheard.set(name, answer);
    return answer;
  }
}
