import { MIXES, type Mix } from './mix.ts';

/** What a run is asked to do. */
export interface StormOptions {
  readonly mode: 'storm';
  readonly targets: number;
  readonly kind: Mix;
  /** Seconds within which all alarms turn. */
  readonly within: number;
  /** Nothing asks because many targets alarm. */
  readonly allMayAct: boolean;
  readonly seed: number;
}

export interface IdleOptions {
  readonly mode: 'idle';
  readonly targets: number;
  readonly kind: Mix;
  readonly minutes: number;
  readonly seed: number;
}

/** The options as the command line has them: commander's values, before they are checked together. */
export interface Given {
  readonly targets?: string;
  readonly kind?: string;
  readonly within?: string;
  readonly minutes?: string;
  readonly seed?: string;
  readonly allMayAct?: true;
  readonly idle?: true;
}

const DEFAULTS = { targets: 100, kind: 'mixed', within: 60, minutes: 60, seed: 1 } as const;

/** Largest values. The world is held in memory; an hour holds every alarm's own minute. */
const MAX_TARGETS = 20_000;
const MAX_WITHIN = 3600;
const MAX_MINUTES = 1440;
const MAX_SEED = 999_999_999;

/** Reads the options. Returns the error, which names the option, if one is wrong or does not fit the others. */
export function readOptions(given: Given): StormOptions | IdleOptions | { readonly error: string } {
  const wrong = problemWith(given);
  if (wrong !== null) return { error: wrong };
  const common = {
    targets: numberOf(given.targets, DEFAULTS.targets),
    kind: (given.kind ?? DEFAULTS.kind) as Mix,
    seed: numberOf(given.seed, DEFAULTS.seed),
  };
  if (given.idle === true)
    return { mode: 'idle', ...common, minutes: numberOf(given.minutes, DEFAULTS.minutes) };
  const within = numberOf(given.within, DEFAULTS.within);
  return { mode: 'storm', ...common, within, allMayAct: given.allMayAct === true };
}

function problemWith(given: Given): string | null {
  const { targets, kind, within, minutes, seed, allMayAct, idle = false } = given;
  if (kind !== undefined && !MIXES.some((mix) => mix === kind))
    return `--kind must be one of ${MIXES.join(', ')}, not ${JSON.stringify(kind)}`;
  if (idle && within !== undefined) return '--within is for a storm, and --idle asks for none';
  if (idle && allMayAct === true) return '--all-may-act is for a storm, and --idle asks for none';
  if (!idle && minutes !== undefined) return '--minutes needs --idle: a storm runs until it is over';
  return (
    outOfRange('--targets', targets, 1, MAX_TARGETS) ??
    outOfRange('--within', within, 1, MAX_WITHIN) ??
    outOfRange('--minutes', minutes, 1, MAX_MINUTES) ??
    outOfRange('--seed', seed, 0, MAX_SEED)
  );
}

function outOfRange(name: string, text: string | undefined, least: number, most: number): string | null {
  if (text === undefined) return null;
  const isFine = /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return isFine
    ? null
    : `${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`;
}

function numberOf(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : Number(text);
}
