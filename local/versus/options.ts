import { goodReleases } from './good.ts';
import { stories } from './stories.ts';
import { nearest } from '../../src/slack/nearest.ts';

/** What a run is asked to do. */
export interface VersusOptions {
  readonly seeds: readonly number[];
  /** Names of stories and of kinds of good releases, in the order of the tables. */
  readonly names: readonly string[];
  readonly processes: number;
  /** Where to write the picture; null: nowhere. */
  readonly picture: string | null;
}

/** The options as the command line has them. */
export interface Given {
  readonly seeds?: string;
  readonly stories?: string;
  readonly processes?: string;
  readonly picture?: string;
}

export const NAMES: readonly string[] = [...stories, ...goodReleases].map(({ name }) => name);

const DEFAULT_SEEDS = '1-5';
const MAX_SEEDS = 1000;

/** Reads the options. Returns the error, which names the option, if one is wrong. */
export function readOptions(given: Given, processors: number): VersusOptions | { readonly error: string } {
  const seeds = seedsOf(given.seeds ?? DEFAULT_SEEDS);
  const names = namesOf(given.stories);
  const processes = processesOf(given.processes ?? String(processors));
  const picture = pictureOf(given.picture);
  for (const value of [seeds, names, processes, picture])
    if (typeof value === 'object' && value !== null && 'error' in value) return value;
  return { seeds, names, processes, picture } as VersusOptions;
}

type Wrong = { readonly error: string };

function seedsOf(text: string): readonly number[] | Wrong {
  const [, first = '', last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (first === '' || count < 1 || count > MAX_SEEDS)
    return {
      error: `--seeds must be a seed, or the first and the last of at most ${MAX_SEEDS}, as in 1-20, not ${JSON.stringify(text)}`,
    };
  return Array.from({ length: count }, (_, index) => Number(first) + index);
}

function namesOf(text: string | undefined): readonly string[] | Wrong {
  if (text === undefined) return NAMES;
  const asked = text.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !NAMES.includes(name));
  if (unknown === undefined) return NAMES.filter((name) => asked.includes(name));
  const [near = NAMES[0]] = nearest(unknown, NAMES);
  return {
    error: `--stories has no story ${JSON.stringify(unknown)}; --help names them (did you mean ${near}?)`,
  };
}

function processesOf(text: string): number | Wrong {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  return { error: `--processes must be a whole number from 1 to 999, not ${JSON.stringify(text)}` };
}

function pictureOf(file: string | undefined): string | null | Wrong {
  if (file === undefined) return null;
  return file.endsWith('.svg')
    ? file
    : { error: `--picture must be a file .svg, not ${JSON.stringify(file)}` };
}
