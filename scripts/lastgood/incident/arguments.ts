import { parseArgs } from 'node:util';
import { PLACE_OPTIONS, readPlace, type Place } from '../place.ts';
import { readExecution, type Named } from './execution.ts';

/** The command line, checked. */
export interface Asked {
  readonly execution: Named;
  readonly place: Place;
  /** Absent: standard output. */
  readonly out?: string;
}

/** Reads the command line after the verb. */
export function readArguments(
  args: readonly string[],
): Asked | { readonly help: true } | { readonly problem: string } {
  try {
    const { values, positionals } = parse(args);
    if (values.help === true) return { help: true };
    const [text, ...more] = positionals;
    if (text === undefined || more.length > 0) return { problem: 'incident takes one EXECUTION' };
    if (values.out === '') return { problem: '--out names no file' };
    const place = readPlace(values);
    return 'problem' in place ? place : checked(text, place, values);
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { ...PLACE_OPTIONS, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
}

/** An ARN holds the Region and the stage. An option must not contradict it. */
function checked(
  text: string,
  place: Place,
  { out, ...given }: { readonly out?: string; readonly region?: string; readonly stage?: string },
): Asked | { readonly problem: string } {
  const execution = readExecution(text);
  if ('problem' in execution) return { problem: `EXECUTION ${execution.problem}` };
  const file = out === undefined ? {} : { out };
  if (!('arn' in execution)) return { execution, place, ...file };
  const { region, stage } = execution;
  if ((given.region ?? region) !== region) return { problem: `--region is not that of EXECUTION, ${region}` };
  if ((given.stage ?? stage) !== stage) return { problem: `--stage is not that of EXECUTION, ${stage}` };
  return { execution, place: { region, stage }, ...file };
}
