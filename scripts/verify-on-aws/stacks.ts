import type { Clients } from './clients.ts';
import type { Wait } from './ground.ts';
import type { Network } from './network.ts';
import type { Outputs, Part } from './parts/part.ts';
import { removal, ThrowAwayStack, type Body } from './stack.ts';
import { ownTemplateOf, templateOf } from './template.ts';

type Say = (line: string) => void;

/** Where the stacks are built. */
interface Site extends Network {
  /** Of Lastgood, whose bus a rule of a stack is on. */
  readonly stage: string;
}

/** A stack that is to be created. */
interface Planned {
  readonly name: string;
  readonly body: (site: Site) => Body;
}

/** Returns the stacks of these parts: one that they share, and one for each part that has its own. */
function planned(name: string, parts: readonly Part[]): readonly Planned[] {
  const sharing = parts.filter(({ ownStack }) => ownStack === undefined);
  const shared: Planned = {
    name,
    body: ({ vpc, subnets, stage }) => ({
      template: templateOf(sharing),
      parameters: { Vpc: vpc, Stage: stage, Subnets: subnets.join(',') },
      tags: {},
    }),
  };
  const own = parts.flatMap((part): readonly Planned[] => {
    const { ownStack, resources, outputs } = part;
    if (ownStack === undefined) return [];
    const template = ownTemplateOf({ ownStack, resources, outputs });
    const body: Body = { template, parameters: {}, tags: ownStack.tags };
    return [{ name: `${name}-${part.name}`, body: () => body }];
  });
  return [...(sharing.length > 0 ? [shared] : []), ...own];
}

/** Returns the names of the stacks of these parts. */
export function namesOf(name: string, parts: readonly Part[]): readonly string[] {
  return planned(name, parts).map((one) => one.name);
}

/** Returns how to remove stacks by hand. */
export function removalOf(names: readonly string[], region: string): string {
  return names.map((name) => removal(name, region)).join(' && ');
}

/** The throw-away stacks of one run. */
export class ThrowAwayStacks {
  readonly #all: readonly { readonly stack: ThrowAwayStack; readonly body: Planned['body'] }[];
  readonly #say: Say;

  constructor(name: string, parts: readonly Part[], clients: Pick<Clients, 'cloudFormation'>, say: Say) {
    this.#all = planned(name, parts).map((one) => ({
      stack: new ThrowAwayStack(one.name, clients, say),
      body: one.body,
    }));
    this.#say = say;
  }

  /** Creates them, and waits until they are complete. @throws CannotSay when one cannot be created */
  async create(site: Site, wait: Wait): Promise<Outputs> {
    const all = new Map<string, string>();
    for (const { stack, body } of this.#all) {
      this.#say(`stack ${stack.name}: to be created`);
      const outputs = await stack.create(body(site), wait);
      for (const [key, value] of outputs) all.set(key, value);
      this.#say(`stack ${stack.name}: complete`);
    }
    return (key) => {
      const value = all.get(key);
      if (value === undefined) throw new Error(`no stack has an output ${key}`);
      return value;
    };
  }

  /**
   * Deletes those that were begun, the newest first. One that fails does not keep the others.
   * @throws Error the first failure, after all were tried
   */
  async delete(wait: Wait, region: string): Promise<void> {
    const errors: unknown[] = [];
    for (const { stack } of this.#all.toReversed().filter((one) => one.stack.isBegun)) {
      const { name } = stack;
      this.#say(`stack ${name}: to be deleted`);
      try {
        const left = await stack.delete(wait);
        this.#say(`stack ${name}: ${left.length === 0 ? 'deleted' : 'NOT deleted'}`);
      } catch (error) {
        this.#say(`stack ${name}: NOT deleted. Remove it: ${removal(name, region)}`);
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Returns the resources that exist, each with its type, by their stack. */
  async left(): Promise<ReadonlyMap<string, readonly string[]>> {
    const left = new Map<string, readonly string[]>();
    for (const { stack } of this.#all) {
      const resources = await stack.left();
      if (resources.length > 0) left.set(stack.name, resources);
    }
    return left;
  }
}
