import { isDeepStrictEqual } from "node:util";
import type { DynamicType } from "../../provider/resources/dynamic";
import {
  changes,
  savedResource,
  usualName,
  type CreatedResource,
  type ProviderProcess,
} from "../helpers/provider-process";

type Inputs = CreatedResource["properties"];

/** What a state keeps of a resource. */
interface Kept {
  resource: CreatedResource;
  inputs: Inputs;
  /** The last create or update failed half-way: the engine calls for an update. */
  isHalfMade: boolean;
}

/** One resource and its state, brought about as the engine does it: each run can fail anywhere and be run again. */
export class ManagedResource {
  private kept: Kept | undefined;
  /** Replaced ones that are still to be deleted. */
  private old: CreatedResource[] = [];

  constructor(
    private readonly type: DynamicType,
    private readonly provider: () => ProviderProcess,
  ) {}

  /** The state, as it would be written to a file now. */
  get state(): CreatedResource | undefined {
    return this.kept?.resource;
  }

  get isHalfMade(): boolean {
    return this.kept?.isHalfMade ?? false;
  }

  /** A run of a program that declares the resource, or does not any more. */
  async up(inputs: Inputs | undefined): Promise<void> {
    if (!inputs || this.isRenamed(inputs)) this.dismiss();
    if (!inputs) return this.deleteOld();
    if (!this.kept) await this.create(inputs);
    else await this.change(this.kept, inputs);
    await this.deleteOld();
  }

  /** Takes over what is really there; true when that is not what the state says. */
  async refresh(): Promise<boolean> {
    if (!this.kept) return false;
    const found = await this.provider().read(this.kept.resource);
    const before = this.kept;
    // A refresh clears the note that something failed half-way.
    this.kept = found && {
      resource: { id: found.id, properties: found.properties },
      inputs: Object.keys(found.inputs).length > 0 ? found.inputs : before.inputs,
      isHalfMade: false,
    };
    return !isDeepStrictEqual(found?.properties, before.resource.properties);
  }

  /** A copy that goes its own way from here on. */
  copy(): ManagedResource {
    const twin = new ManagedResource(this.type, this.provider);
    twin.kept = this.kept && { ...this.kept };
    twin.old = [...this.old];
    return twin;
  }

  /** Under another name it is another resource, and the one before is not declared any more. */
  private isRenamed({ logicalName = usualName(this.type) }: Inputs): boolean {
    return this.kept !== undefined && this.kept.resource.properties["logicalName"] !== logicalName;
  }

  private dismiss(): void {
    if (this.kept) this.old.push(this.kept.resource);
    this.kept = undefined;
  }

  private async create(inputs: Inputs): Promise<void> {
    await this.keep(inputs, this.provider().create(this.type, inputs));
  }

  private async change(kept: Kept, inputs: Inputs): Promise<void> {
    const diff = await this.provider().diff(this.type, kept.resource, inputs);
    if (diff.replaces.length > 0) await this.replace(kept, inputs);
    else if (kept.isHalfMade || this.differs(diff.changes, kept, inputs)) {
      await this.keep(inputs, this.provider().update(this.type, kept.resource, inputs));
    }
  }

  private async replace(kept: Kept, inputs: Inputs): Promise<void> {
    if (await this.provider().deletesFirst(this.type, kept.resource, inputs)) {
      await this.provider().delete(kept.resource);
      this.kept = undefined;
      return this.create(inputs);
    }
    await this.create(inputs).finally(() => {
      if (this.kept !== kept) this.old.push(kept.resource);
    });
  }

  private differs(answer: number, kept: Kept, inputs: Inputs): boolean {
    if (answer === changes.unknown) return !isDeepStrictEqual(kept.inputs, inputs);
    return answer === changes.some;
  }

  private async keep(inputs: Inputs, work: Promise<CreatedResource>): Promise<void> {
    try {
      this.kept = { resource: await work, inputs, isHalfMade: false };
    } catch (error) {
      const saved = savedResource(error);
      if (saved) this.kept = { resource: saved, inputs, isHalfMade: true };
      throw error;
    }
  }

  private async deleteOld(): Promise<void> {
    for (const resource of [...this.old]) {
      await this.provider().delete(resource);
      this.old = this.old.filter((each) => each !== resource);
    }
  }
}
