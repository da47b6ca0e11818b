import { parseArgs } from 'node:util';
import { problemOfTarget } from '../../src/targets/target.ts';
import { problemOfRevision } from './revision.ts';

/** What is asked, checked. */
export interface Asked {
  readonly target: string;
  readonly revision: string;
  /** Absent: whatever the AWS SDK finds in the environment. */
  readonly region?: string;
  readonly stage: string;
}

/** Reads the command line. */
export function readArguments(
  args: readonly string[],
): Asked | { readonly help: true } | { readonly problem: string } {
  try {
    const { values, positionals } = parse(args);
    if (values.help === true) return { help: true };
    const [command, target, revision, ...more] = positionals;
    if (command !== 'check') return { problem: 'the only command is check' };
    if (target === undefined || revision === undefined || more.length > 0)
      return { problem: 'check takes a TARGET and a REVISION' };
    return checked(target, revision, values);
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      region: { type: 'string' },
      stage: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
}

function checked(
  target: string,
  revision: string,
  { region, stage = 'prod' }: { readonly region?: string | undefined; readonly stage?: string | undefined },
): Asked | { readonly problem: string } {
  const ofTarget = problemOfTarget(target);
  if (ofTarget !== null) return { problem: `TARGET ${ofTarget}` };
  const ofRevision = problemOfRevision(target, revision);
  if (ofRevision !== null) return { problem: `REVISION ${ofRevision}` };
  if (!/^[A-Za-z0-9-]{1,64}$/.test(stage)) return { problem: '--stage must be letters, digits and hyphens' };
  if (region !== undefined && !/^[a-z0-9-]{1,32}$/.test(region)) return { problem: '--region is not one' };
  return { target, revision, stage, ...(region !== undefined && { region }) };
}
