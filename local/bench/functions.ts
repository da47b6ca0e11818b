import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { TEMPLATE } from '../../scripts/package.ts';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';

const RUNS = 9;

export interface FunctionCost {
  readonly name: string;
  /** Size of the minified bundle. */
  readonly bytes: number;
  /** Milliseconds to import the bundle in a fresh Node process: the median of the runs. */
  readonly importMs: number;
}

/** Measures every function of the packaged template. The runs of all functions are interleaved, so that noise hits all alike. */
export function functionCosts(): FunctionCost[] {
  const { functions } = readStack(TEMPLATE, '.');
  const times = new Map<string, number[]>(functions.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const { name, module, environment } of functions)
      times.get(name)?.push(importOnce(module, environment));
  }
  return functions.map(({ name, module }) => ({
    name,
    bytes: statSync(module).size,
    importMs: Number(median(times.get(name) ?? []).toFixed(1)),
  }));
}

function importOnce(module: string, environment: Readonly<Record<string, string>>): number {
  const measure = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(module).href)}); console.log(performance.now() - t);`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', measure], {
    env: { ...environment, AWS_REGION: 'eu-west-1', PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  return Number(printed);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
