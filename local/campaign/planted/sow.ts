import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { divide } from '../../crew.ts';
import { GROUNDS } from '../grounds.ts';
import type { Answer, Task } from '../player.ts';
import { storyOf } from '../stories.ts';
import { replayOf } from '../written.ts';
import { Field } from './field.ts';
import { ordinaryOf } from './nights.ts';
import type { Noticed, Plant } from './plant.ts';
import { testsIn } from './tests.ts';

export interface Sowing {
  readonly plants: readonly Plant[];
  readonly seed: number;
  /** Stories that each plant is played in at most: written ones first, then generated ones. */
  readonly plays: number;
  readonly processes: number;
  /** Whether the tests run where the campaign notices nothing. */
  readonly tests: boolean;
  readonly onProgress: (progress: Progress) => void;
  readonly onNoticed: (plant: Plant, noticed: Noticed) => void;
}

/** What is being done about one plant. */
export interface Progress {
  readonly plant: string;
  /** Plants that were judged, and all of them. */
  readonly done: number;
  readonly of: number;
  readonly doing: string;
}

const LIMIT_MS = 180_000;

type Says = (doing: string) => void;

/** Plants each fault in a copy of the project, alone, and says what notices it: the campaign first, then the tests. */
export async function sow(sowing: Sowing): Promise<ReadonlyMap<Plant, Noticed>> {
  const found = new Map<Plant, Noticed>();
  const queue = sowing.plants.values();
  const clean = new Clean();
  await Promise.all(
    Array.from({ length: sowing.processes }, async () => {
      const field = new Field(process.cwd());
      try {
        for (const plant of queue) {
          const says = (doing: string) =>
            sowing.onProgress({
              ...{ plant: plant.name, done: found.size, of: sowing.plants.length, doing },
            });
          const noticed = await judge(plant, field, clean, sowing, says);
          found.set(plant, noticed);
          sowing.onNoticed(plant, noticed);
        }
      } finally {
        field.remove();
      }
    }),
  );
  return found;
}

async function judge(plant: Plant, field: Field, clean: Clean, sowing: Sowing, says: Says): Promise<Noticed> {
  try {
    await field.put(plant);
    const seen = await firstBreach(field.folder, plant, clean, sowing, says);
    if (seen !== null) return seen;
    says('its tests');
    return sowing.tests ? testsIn(field.folder, plant) : { by: 'nothing' };
  } finally {
    field.clear(plant);
  }
}

interface Broken {
  readonly invariant: string;
  readonly saw: string;
}

/** What stories break without a plant. It notices nothing. Each is played once, when a plant broke something in it. */
class Clean {
  readonly #known = new Map<string, Promise<ReadonlySet<string>>>();

  breaks(task: Task): Promise<ReadonlySet<string>> {
    const key = JSON.stringify(storyOf(task));
    const known = this.#known.get(key) ?? this.#play(task);
    this.#known.set(key, known);
    return known;
  }

  async #play(task: Task): Promise<ReadonlySet<string>> {
    const broken = new Set<string>();
    await divide<Task, Answer>([task], {
      ...{ count: 1, module: playerIn(process.cwd()), limitMs: LIMIT_MS },
      onAnswer: (_, answer) => brokenIn(answer).forEach(({ invariant }) => broken.add(invariant)),
    });
    return broken;
  }
}

/** Plays the stories of a plant until one breaks something that it does not break without the plant. */
async function firstBreach(
  folder: string,
  plant: Plant,
  clean: Clean,
  sowing: Sowing,
  says: Says,
): Promise<Noticed | null> {
  const tasks = tasksOf(plant, sowing);
  let plays = 0;
  const onPlayed = () => says(`story ${++plays}`);
  for (;;) {
    const found = await nextBroken(tasks, folder, onPlayed);
    if (found === null) return null;
    const without = await clean.breaks(found.task);
    const first = found.broken.find(({ invariant }) => !without.has(invariant));
    if (first !== undefined)
      return { by: 'campaign', ...first, plays, replay: replayOf(storyOf(found.task)) };
  }
}

interface Found {
  readonly task: Task;
  readonly broken: readonly Broken[];
}

/** Plays until a story breaks something. Null: none is left. */
async function nextBroken(
  tasks: Iterator<Task>,
  folder: string,
  onPlayed: () => void,
): Promise<Found | null> {
  const found: Found[] = [];
  await divide<Task, Answer>(
    whileNone(tasks, () => found.length > 0),
    {
      ...{ count: 1, module: playerIn(folder), limitMs: LIMIT_MS, folder },
      onAnswer: (task, answer) => {
        onPlayed();
        const broken = brokenIn(answer);
        if (broken.length > 0) found.push({ task, broken });
      },
    },
  );
  return found[0] ?? null;
}

function* whileNone(tasks: Iterator<Task>, isFound: () => boolean): Generator<Task> {
  while (!isFound()) {
    const next = tasks.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** The plant's own story, the ordinary nights, and then generated stories. */
function* tasksOf({ kinds, story, shows, settings }: Plant, { seed, plays }: Sowing): Generator<Task> {
  const own = story === undefined ? [] : [story];
  const written = [...own, ...ordinaryOf(kinds, shows)].slice(0, plays);
  for (const one of written) yield { seed, place: 0, kinds, story: one };
  const isPlayed = GROUNDS.some(({ kind }) => kinds.includes(kind));
  for (let place = 0; isPlayed && place < plays - written.length; place++)
    yield { seed, place, kinds, ...(settings !== undefined && { settings }) };
}

/** A play that does not end is noticed as well. */
function brokenIn(answer: Answer | null): readonly Broken[] {
  if (answer === null)
    return [{ invariant: 'play-ends', saw: 'its process ended before the play did, or hung' }];
  if ('problem' in answer) return [{ invariant: 'play-ends', saw: answer.problem }];
  return 'played' in answer ? answer.played.breaches : [];
}

function playerIn(folder: string): URL {
  return pathToFileURL(path.join(folder, 'local/campaign/player.ts'));
}
