import { lognormal } from '@lastgood/embedded-aws/runtime/events/latency.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { CHOICE_SHARE_OF_HOP, HANDLER_MS, PLACEMENT_MS, SPREADS, type Spread } from './assumptions.ts';
import type { Path, PathCall, PathInvocation } from './path.ts';

const DRAWS = 20_000;
const SEED = 1;

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.326;

/** Milliseconds from the event to the answer to the first write. */
export interface Modelled {
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds of each part. */
export type Parts = Readonly<
  Record<'delivery' | 'hops' | 'calls' | 'code' | 'placement' | 'init' | 'imports', number>
>;

export interface Model {
  readonly scenario: string;
  readonly warm: Modelled;
  readonly cold: Modelled;
  /** The mean share of each part if all functions start cold. If they are warm, the last three are 0. */
  readonly parts: Parts;
}

/**
 * Draws the path many times, warm and cold, because percentiles of parts do not add up. The same path and imports always
 * give the same figures.
 *
 * @param importMs by the function's name
 * @throws Error when a function of the path has no import time
 */
export function modelOf(path: Path, importMs: ReadonlyMap<string, number>): Model {
  const draw = (isCold: boolean): readonly Parts[] => {
    const random = new Random(SEED, `${path.scenario} ${isCold ? 'cold' : 'warm'}`);
    return Array.from({ length: DRAWS }, () => drawOf(path, importMs, isCold, random));
  };
  const [warm, cold] = [draw(false), draw(true)];
  return { scenario: path.scenario, warm: modelled(warm), cold: modelled(cold), parts: meansOf(cold) };
}

function modelled(draws: readonly Parts[]): Modelled {
  const sums = draws.map(sumOf).sort((one, other) => one - other);
  const at = (share: number): number => Math.round(sums[Math.floor(share * sums.length)] ?? NaN);
  return { p50: at(0.5), p99: at(0.99) };
}

function meansOf(draws: readonly Parts[]): Parts {
  const sum: Record<keyof Parts, number> = { ...NOTHING };
  for (const parts of draws) for (const part of PARTS) sum[part] += parts[part];
  for (const part of PARTS) sum[part] = Math.round(sum[part] / draws.length);
  return sum;
}

const NOTHING: Parts = { delivery: 0, hops: 0, calls: 0, code: 0, placement: 0, init: 0, imports: 0 };
const PARTS = Object.keys(NOTHING) as (keyof Parts)[];

function sumOf(parts: Parts): number {
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}

function drawOf(
  { trigger, alsoStarts, states }: Path,
  importMs: ReadonlyMap<string, number>,
  isCold: boolean,
  random: Random,
): Parts {
  const parts: Record<keyof Parts, number> = { ...NOTHING, delivery: sample(random, SPREADS.delivery) };
  const startOf = (name: string) => coldStart(name, importMs, random);
  const readyAt = new Map<string, number>();
  if (isCold)
    for (const name of alsoStarts)
      readyAt.set(name, sample(random, SPREADS.delivery) + sumOf({ ...NOTHING, ...startOf(name) }));
  const run = ({ function: name, calls }: PathInvocation): void => {
    // An invocation during a cold start starts another environment.
    if (isCold && (readyAt.get(name) ?? Infinity) > sumOf(parts)) {
      const start = startOf(name);
      for (const part of ['placement', 'init', 'imports'] as const) parts[part] += start[part];
      readyAt.set(name, sumOf(parts));
    }
    parts.code += HANDLER_MS;
    parts.calls += criticalPath(calls, random);
  };
  run(trigger);
  for (const { invocation } of states) {
    parts.hops += sample(random, SPREADS.hop) * (invocation === undefined ? CHOICE_SHARE_OF_HOP : 1);
    if (invocation !== undefined) run(invocation);
  }
  return parts;
}

function coldStart(
  name: string,
  importMs: ReadonlyMap<string, number>,
  random: Random,
): Pick<Parts, 'placement' | 'init' | 'imports'> {
  const imports = importMs.get(name);
  if (imports === undefined) throw new Error(`the import of ${name} was not measured`);
  const placement = random.between(PLACEMENT_MS.from, PLACEMENT_MS.to);
  return { placement, init: sample(random, SPREADS.init), imports };
}

/** Returns when the last call has its answer. A call begins when those have been answered that it may have waited for. */
function criticalPath(calls: readonly PathCall[], random: Random): number {
  const ends: number[] = [];
  for (const { isTable, after } of calls) {
    const begins = Math.max(0, ...ends.slice(0, after));
    ends.push(begins + sample(random, isTable ? SPREADS.tableCall : SPREADS.awsCall));
  }
  return Math.max(0, ...ends);
}

function sample(random: Random, { p50, p99 }: Spread): number {
  return lognormal(random, p50, Math.log(p99 / p50) / Z99);
}
