import { machineArn } from '../lastgood/machines.ts';
import { CannotSay } from '../command-line/status.ts';
import { play, type Course } from './course.ts';
import { Interrupted, patiently, type Ground, type Load, type Wait } from './ground.ts';
import { defaultNetwork, type Network } from './network.ts';
import type { Outputs, Part } from './parts/part.ts';
import type { Answered } from './questions/question.ts';
import { Inquiry } from './questions/inquiry.ts';
import { Rollbacks } from './rollbacks.ts';
import { namesOf, ThrowAwayStacks } from './stacks.ts';
import { SOAK_MINUTES } from './tags.ts';

export interface VerifyOptions {
  /** Of the Lastgood that rolls back. */
  readonly stage: string;
  readonly parts: readonly Part[];
  /** Leaves the stack. */
  readonly keep: boolean;
  /** Name of the stack that parts share. Those of other stacks begin with it. */
  readonly name: string;
  /** Aborted when the person at the keyboard interrupts. */
  readonly signal: AbortSignal;
  /** Asks before anything is created. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
}

/** What the program found. */
export interface Found {
  readonly parts: readonly Part[];
  readonly courses: readonly Course[];
  readonly answers: readonly Answered[];
  /** From the stack's creation to its deletion. */
  readonly hours: number;
  readonly load: Load['sent'];
  /** Resources that still exist, by their stack. */
  readonly left: ReadonlyMap<string, readonly string[]>;
  readonly isInterrupted: boolean;
}

/** Beyond the soak: a run of the sweep, and minutes of metrics. */
const PROVEN_SECONDS = (SOAK_MINUTES + 5) * 60;

/** After a rollback, until its alarm is quiet. */
const QUIET_SECONDS = 3 * 60;

/**
 * Builds the stack, releases one part after another, and removes the stack.
 * @returns null if the person did not want it
 * @throws CannotSay when Lastgood is not deployed, or the stack cannot be created
 */
export async function verify(ground: Ground, options: VerifyOptions): Promise<Found | null> {
  const { stage, parts, name, confirm } = options;
  const machine = await rollbackMachine(ground, stage);
  const network = await defaultNetwork(ground.clients);
  const account = machine.split(':')[4] ?? '';
  const what = parts.map((part) => part.name).join(', ');
  const names = namesOf(name, parts);
  const isWanted = await confirm(
    `Create the throw-away ${wordFor(names)} ${names.join(', ')} in account ${account}, Region ${ground.region}, with ${what}?`,
  );
  return isWanted ? new Run(ground, options, machine).all(network) : null;
}

function wordFor(names: readonly string[]): string {
  return names.length === 1 ? 'stack' : 'stacks';
}

async function rollbackMachine({ clients, region }: Ground, stage: string): Promise<string> {
  try {
    return await machineArn(clients.states, stage, 'rollback');
  } catch (error) {
    if (!(error instanceof CannotSay)) throw error;
    throw new CannotSay(
      `Lastgood is not deployed here: ${error.message}. Deploy it first: npm run deploy -- --stage ${stage} --region ${region}`,
    );
  }
}

/** One run, from the stack's creation to its deletion. */
class Run {
  readonly #ground: Ground;
  readonly #options: VerifyOptions;
  readonly #stacks: ThrowAwayStacks;
  readonly #rollbacks: Rollbacks;
  readonly #wait: Wait;
  readonly #courses: Course[] = [];
  #answers: readonly Answered[] = [];
  #load: Load | null = null;
  /** Set once the stack is complete. */
  #outputs: Outputs | null = null;

  constructor(ground: Ground, options: VerifyOptions, machine: string) {
    this.#ground = ground;
    this.#options = options;
    this.#stacks = new ThrowAwayStacks(options.name, options.parts, ground.clients, options.say);
    this.#rollbacks = new Rollbacks(ground.clients.states, machine);
    this.#wait = patiently(ground, options.signal);
  }

  async all(network: Network): Promise<Found> {
    const { parts, keep } = this.#options;
    const begun = this.#ground.now();
    let isInterrupted = false;
    try {
      await this.#play(await this.#create(network));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      isInterrupted = true;
    } finally {
      await this.#load?.stop();
      if (!keep) await this.#remove();
    }
    return {
      parts,
      courses: this.#courses,
      answers: this.#answers,
      hours: (this.#ground.now() - begun) / 3_600_000,
      load: this.#load?.sent ?? { requests: 0, invocations: 0 },
      left: await this.#stacks.left(),
      isInterrupted,
    };
  }

  async #create(network: Network): Promise<Outputs> {
    const { parts, stage } = this.#options;
    const outputs = await this.#stacks.create({ ...network, stage }, this.#wait);
    this.#outputs = outputs;
    for (const part of parts) await part.prepare?.(this.#ground.clients, outputs, this.#wait);
    return outputs;
  }

  async #play(outputs: Outputs): Promise<void> {
    const { parts, say, stage } = this.#options;
    const ground = this.#ground;
    this.#load = ground.send(parts.flatMap((part) => part.users?.(outputs) ?? []));
    say(`users send requests; each first release needs ${PROVEN_SECONDS / 60} minutes to be proven`);
    await this.#wait(PROVEN_SECONDS);
    const inquiry = new Inquiry({ ground, outputs, stage, wait: this.#wait });
    const playing = { ground, outputs, stage, say, rollbacks: this.#rollbacks, wait: this.#wait };
    for (const part of parts) {
      const course = await play(part, { ...playing, look: (of) => inquiry.look(of) });
      this.#courses.push(course);
      say(`${part.name}: ${course.ended}`);
      await this.#wait(QUIET_SECONDS);
    }
    say('the open questions are answered');
    this.#answers = await inquiry.answers(this.#courses);
  }

  /** Not interruptible: a stack that is half removed still costs. */
  async #remove(): Promise<void> {
    const { clients, region } = this.#ground;
    const wait: Wait = (seconds) => this.#ground.wait(seconds);
    if (this.#outputs !== null)
      for (const part of this.#options.parts)
        await part.halt?.(clients, this.#outputs, wait).catch(() => undefined);
    await this.#stacks.delete(wait, region);
  }
}
