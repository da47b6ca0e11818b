import { divide } from '../crew.ts';
import type { Played, Reached } from './play.ts';
import type { Answer, Task } from './player.ts';
import { storiesOf, storyAt } from './stories.ts';
import { replayOf } from './written.ts';

export interface Options {
  /** Plays at most; Infinity with a limit of time alone. */
  readonly plays: number;
  readonly seed: number;
  /** Real minutes after which no further play begins. */
  readonly minutes: number;
  /** Kinds of targets; all if empty. */
  readonly kinds: readonly string[];
  readonly processes: number;
  /** Real milliseconds that shrinking one story may take. 0: it is not shrunk. */
  readonly shrinkMs: number;
  readonly onProgress: (progress: Progress) => void;
  /** Receives each violation as it comes, not shrunk. */
  readonly onViolation?: (violation: Violation) => void;
  /** Ends the campaign after the plays that have begun, and shrinks none. */
  readonly interrupted?: AbortSignal;
  /** The module of each process; absent: the player of this folder. */
  readonly player?: URL;
}

export interface Progress {
  readonly plays: number;
  readonly of: number;
  readonly violations: number;
}

export interface Violation {
  readonly invariant: string;
  readonly saw: string;
  /** The command that plays it again. */
  readonly replay: string;
}

/** Numbers of plays that reached each. */
export type Counts = Readonly<Record<keyof Reached, Readonly<Record<string, number>>>>;

/** What a campaign came to. */
export interface Result {
  readonly plays: number;
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly reached: Counts;
  /** The median over plays of processor milliseconds for ten simulated minutes. */
  readonly cpuMsMedian: number;
  readonly simulatedHours: number;
}

const PLAYER = new URL('player.ts', import.meta.url);
/** A play takes about a second, and shrinking has a limit of its own. */
const LIMIT_MS = 90_000;
const TASKS_PER_PROCESS = 600;
/** The stories of one invariant that are shrunk; the others are printed as they are. */
const SHRUNK_EACH = 1;

/** A play that broke an invariant, or ended its process: the invariant `play-ends`. */
interface Broken {
  readonly task: Task;
  readonly invariant: string;
  readonly saw: string;
}

/** Plays many stories on every core, and shrinks those that break an invariant. */
export async function runCampaign(options: Options): Promise<Result> {
  const tally = new Tally();
  await playAll(options, tally);
  const violations = await describe(options, tally.broken);
  return { seed: options.seed, violations, ...tally.sums() };
}

async function playAll(options: Options, tally: Tally): Promise<void> {
  const { processes, plays, onProgress, onViolation, player = PLAYER } = options;
  await divide<Task, Answer>(tasksOf(options), {
    ...{ count: processes, module: player, limitMs: LIMIT_MS, tasksPerProcess: TASKS_PER_PROCESS },
    onAnswer: (task, answer) => {
      const broken = tally.add(task, answer);
      for (const one of broken) onViolation?.(unshrunk(one));
      onProgress({ plays: tally.plays, of: plays, violations: tally.broken.length });
    },
  });
}

function* tasksOf({ plays, seed, minutes, kinds, interrupted }: Options): Generator<Task> {
  const until = performance.now() + minutes * 60_000;
  const goesOn = () => performance.now() < until && interrupted?.aborted !== true;
  for (let place = 0; place < plays && goesOn(); place++) yield { seed, place, kinds };
}

class Tally {
  plays = 0;
  readonly broken: Broken[] = [];
  readonly #cpuMs: number[] = [];
  readonly #reached: Record<keyof Reached, Record<string, number>> = {
    ...{ kinds: {}, controllers: {}, strategies: {}, faults: {}, states: {}, invariants: {} },
  };
  #minutes = 0;

  /** Counts a play, and returns what it broke. */
  add(task: Task, answer: Answer | null): readonly Broken[] {
    this.plays++;
    const broken = brokenIn(task, answer);
    this.broken.push(...broken);
    if (answer !== null && 'played' in answer) this.#count(answer.played);
    return broken;
  }

  #count({ reached, cpuMs, simulatedMinutes }: Played): void {
    this.#cpuMs.push(cpuMs);
    this.#minutes += simulatedMinutes;
    for (const of of Object.keys(reached) as (keyof Reached)[])
      for (const name of reached[of]) this.#reached[of][name] = (this.#reached[of][name] ?? 0) + 1;
  }

  sums(): Pick<Result, 'plays' | 'reached' | 'cpuMsMedian' | 'simulatedHours'> {
    const sorted = this.#cpuMs.toSorted((one, other) => one - other);
    const cpuMsMedian = Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1));
    return {
      ...{ plays: this.plays, reached: this.#reached, cpuMsMedian },
      simulatedHours: Math.round(this.#minutes / 60),
    };
  }
}

/** Returns each invariant that a play broke, once. */
function brokenIn(task: Task, answer: Answer | null): readonly Broken[] {
  if (answer === null || 'problem' in answer) {
    const saw = answer === null ? 'its process ended before the play did, or hung' : answer.problem;
    return [{ task, invariant: 'play-ends', saw }];
  }
  if ('shrunk' in answer) return [];
  return firstOfEach(answer.played.breaches).map(({ invariant, saw }) => ({ task, invariant, saw }));
}

function unshrunk({ task: { seed, place, kinds }, invariant, saw }: Broken): Violation {
  return { invariant, saw, replay: replayOf(storyAt(storiesOf(kinds), seed, place)) };
}

function firstOfEach<Of extends { readonly invariant: string }>(all: readonly Of[]): readonly Of[] {
  return all.filter(
    ({ invariant }, place) => all.findIndex((other) => other.invariant === invariant) === place,
  );
}

/** Shrinks the first stories of each invariant, and writes all of them as commands. */
async function describe(options: Options, broken: readonly Broken[]): Promise<readonly Violation[]> {
  const { shrinkMs, processes, interrupted, player = PLAYER } = options;
  const found = new Map(broken.map((one) => [one, unshrunk(one)]));
  const chosen = broken.filter(
    ({ invariant }, place) =>
      invariant !== 'play-ends' &&
      broken.slice(0, place).filter((other) => other.invariant === invariant).length < SHRUNK_EACH,
  );
  const tasks = new Map(
    chosen.map((one) => {
      const { task, invariant } = one;
      const shrinking: Task = { ...task, shrinks: { invariant, limitMs: shrinkMs } };
      return [shrinking, one] as const;
    }),
  );
  if (shrinkMs > 0 && interrupted?.aborted !== true)
    await divide<Task, Answer>(tasks.keys(), {
      ...{ count: processes, module: player, limitMs: LIMIT_MS + shrinkMs },
      onAnswer: (task, answer) => {
        const one = tasks.get(task);
        if (one === undefined || answer === null || !('shrunk' in answer) || answer.shrunk === null) return;
        const { story, breaches } = answer.shrunk;
        const saw = breaches.find(({ invariant }) => invariant === one.invariant)?.saw ?? one.saw;
        found.set(one, { invariant: one.invariant, saw, replay: replayOf(story) });
      },
    });
  return [...found.values()];
}
