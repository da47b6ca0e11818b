import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { divide } from '../../crew.ts';
import type { Answer, Task } from '../player.ts';
import { Field } from './field.ts';
import type { Noticed, Plant } from './plant.ts';

export interface Sowing {
  readonly plants: readonly Plant[];
  readonly seed: number;
  /** Stories that each plant is played in at most. */
  readonly plays: number;
  readonly processes: number;
  /** Whether the tests run where the campaign notices nothing. */
  readonly tests: boolean;
  readonly onNoticed: (plant: Plant, noticed: Noticed) => void;
}

const LIMIT_MS = 120_000;

/** Plants each fault in a copy of the project, alone, and says what notices it: the campaign first, then the tests. */
export async function sow(sowing: Sowing): Promise<ReadonlyMap<Plant, Noticed>> {
  const found = new Map<Plant, Noticed>();
  const queue = sowing.plants.values();
  const clean = new Clean(sowing);
  await Promise.all(
    Array.from({ length: sowing.processes }, async () => {
      const field = new Field(process.cwd());
      try {
        for (const plant of queue) {
          const noticed = await judge(plant, field, clean, sowing);
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

async function judge(plant: Plant, field: Field, clean: Clean, sowing: Sowing): Promise<Noticed> {
  const without = await clean.of(plant.kinds);
  field.put(plant);
  try {
    const seen = await firstBreach(field.folder, plant.kinds, sowing, without);
    if (seen !== null) return { by: 'campaign', ...seen };
    return sowing.tests ? testsIn(field.folder, plant) : { by: 'nothing' };
  } finally {
    field.clear(plant);
  }
}

/** What the same stories break without a plant, by kinds. It notices nothing. */
class Clean {
  readonly #sowing: Sowing;
  readonly #known = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(sowing: Sowing) {
    this.#sowing = sowing;
  }

  of(kinds: readonly string[]): Promise<ReadonlySet<string>> {
    const known = this.#known.get(kinds.join()) ?? this.#play(kinds);
    this.#known.set(kinds.join(), known);
    return known;
  }

  async #play(kinds: readonly string[]): Promise<ReadonlySet<string>> {
    const broken = new Set<string>();
    await divide<Task, Answer>(tasksOf(kinds, this.#sowing), {
      ...{ count: 1, module: playerIn(process.cwd()), limitMs: LIMIT_MS },
      onAnswer: ({ place }, answer) => {
        for (const invariant of invariantsIn(answer)) broken.add(`${place} ${invariant}`);
      },
    });
    return broken;
  }
}

type Seen = Pick<Extract<Noticed, { by: 'campaign' }>, 'invariant' | 'plays'>;

async function firstBreach(
  folder: string,
  kinds: readonly string[],
  sowing: Sowing,
  without: ReadonlySet<string>,
): Promise<Seen | null> {
  let seen: Seen | null = null;
  await divide<Task, Answer>(
    tasksOf(kinds, sowing, () => seen !== null),
    {
      ...{ count: 1, module: playerIn(folder), limitMs: LIMIT_MS, folder },
      onAnswer: ({ place }, answer) => {
        const invariant = invariantsIn(answer).find((name) => !without.has(`${place} ${name}`));
        if (invariant !== undefined) seen ??= { invariant, plays: place + 1 };
      },
    },
  );
  return seen;
}

function* tasksOf(
  kinds: readonly string[],
  { seed, plays }: Pick<Sowing, 'seed' | 'plays'>,
  isOver: () => boolean = () => false,
): Generator<Task> {
  for (let place = 0; place < plays && !isOver(); place++) yield { seed, place, kinds };
}

/** A play that does not end is noticed as well. */
function invariantsIn(answer: Answer | null): readonly string[] {
  if (answer === null || 'problem' in answer) return ['play-ends'];
  return 'played' in answer ? answer.played.breaches.map(({ invariant }) => invariant) : [];
}

function playerIn(folder: string): URL {
  return pathToFileURL(path.join(folder, 'local/campaign/player.ts'));
}

/** Runs the tests that reach the file, as `npm test` would. */
function testsIn(folder: string, { file, kinds }: Plant): Noticed {
  const which = file.endsWith('.ts')
    ? ['related', '--run', file]
    : ['run', 'test/wiring', 'test/paths', ...kinds.map((kind) => `test/contract/${kind}`)];
  const { status, stdout } = spawnSync(
    process.execPath,
    ['scripts/run.cjs', '--vitest', ...which, '--bail', '1', '--reporter', 'dot'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status === 0) return { by: 'nothing' };
  const [, failed = 'a test'] = /FAIL\s+(.+)/.exec(stdout) ?? [];
  return { by: 'tests', failed };
}
