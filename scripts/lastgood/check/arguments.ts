import { parseArgs } from 'node:util';
import { problemOfTarget } from '../../../src/targets/target.ts';
import { PLACE_OPTIONS, readPlace, type Place } from '../place.ts';
import { problemOfRevision } from './revision.ts';

/** What is asked, checked. */
export interface Asked extends Place {
  readonly target: string;
  readonly revision: string;
}

/** Reads the command line after the verb. */
export function readArguments(
  args: readonly string[],
): Asked | { readonly help: true } | { readonly problem: string } {
  try {
    const { values, positionals } = parse(args);
    if (values.help === true) return { help: true };
    const [target, revision, ...more] = positionals;
    if (target === undefined || revision === undefined || more.length > 0)
      return { problem: 'check takes a TARGET and a REVISION' };
    const place = readPlace(values);
    return 'problem' in place ? place : checked(target, revision, place);
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { ...PLACE_OPTIONS, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
}

function checked(target: string, revision: string, place: Place): Asked | { readonly problem: string } {
  const ofTarget = problemOfTarget(target);
  if (ofTarget !== null) return { problem: `TARGET ${ofTarget}` };
  const ofRevision = problemOfRevision(target, revision);
  if (ofRevision !== null) return { problem: `REVISION ${ofRevision}` };
  return { target, revision, ...place };
}
