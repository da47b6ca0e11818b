import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { REFERENCE } from './assumptions.ts';

const RUNS = 9;

const REFERENCE_FILE = path.resolve('.build/bench/reference.cjs');

export interface FunctionCost {
  readonly name: string;
  /** Size of the minified bundle. */
  readonly bytes: number;
  /**
   * Milliseconds to import the bundle in a fresh Node process: the median of the runs, in processor time, scaled to the
   * published time of the reference bundle. So neither the load nor the speed of this machine counts.
   */
  readonly importMs: number;
}

/**
 * Measures functions of the packaged template, by default all. The runs of all functions, and of the reference, are interleaved, so
 * that noise affects all alike.
 */
export function functionCosts(isChosen: (name: string) => boolean = () => true): FunctionCost[] {
  const functions = readStack(PACKAGED, '.').functions.filter(({ name }) => isChosen(name));
  const reference = { name: '', module: buildReference(), environment: {} };
  const times = new Map<string, number[]>([...functions, reference].map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const { name, module, environment } of [...functions, reference])
      times.get(name)?.push(importOnce(module, environment));
  }
  const medianOf = (name: string) => median(times.get(name) ?? []);
  const published = (REFERENCE.ms * statSync(REFERENCE_FILE).size) / REFERENCE.bytes;
  const scale = published / medianOf(reference.name);
  return functions.map(({ name, module }) => ({
    name,
    bytes: statSync(module).size,
    importMs: Number((medianOf(name) * scale).toFixed(1)),
  }));
}

/** Bundles one client of the SDK as the published figure did: minified, as CommonJS, with its own credential chain. */
function buildReference(): string {
  mkdirSync(path.dirname(REFERENCE_FILE), { recursive: true });
  buildSync({
    stdin: { contents: "export * from '@aws-sdk/client-ecs';", resolveDir: process.cwd() },
    outfile: REFERENCE_FILE,
    ...{ bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node24', logLevel: 'error' },
  });
  return REFERENCE_FILE;
}

function importOnce(module: string, environment: Readonly<Record<string, string>>): number {
  const measure = `const t = process.cpuUsage(); await import(${JSON.stringify(pathToFileURL(module).href)}); const { user, system } = process.cpuUsage(t); console.log((user + system) / 1000);`;
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
