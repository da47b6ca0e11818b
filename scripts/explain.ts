import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FINE, WRONG_USE } from './command-line/status.ts';
import type { Instant } from '../src/rollback/request.ts';
import { explain } from '../src/targets/explain.ts';
import { toInstant } from '../src/targets/instant.ts';

const USAGE = `Usage: npm run -s explain -- [--at INSTANT] FILE…

Says what Lastgood would do with the event in each FILE (- is standard input), a line of JSON each:
  file      as it was given
  kind      alarm, deployment, request or ignored
  targets   what the event is about: ["ecs:prod/checkout"]
  requests  the rollbacks that it would start
  reason    why

  --at INSTANT   when the event arrives, such as 2026-11-22T03:00:00Z; now, unless it is given.
                 An alert of a webhook that is too old by then is ignored.

Needs no AWS account. The tags of an alarm are known only as far as the event carries them. Earlier alerts of a
monitoring tool are not known.
Exit status 0 when all are explained, 2 where the command line is wrong or a FILE cannot be read or is not JSON; the others are
explained all the same.`;

/** Writes to a pipe that its reader may close early (\`| head -1\`). */
process.stdout.on('error', () => process.exit());

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const { files, at, help, problem } = read(args);
  if (help) console.log(USAGE);
  if (problem !== undefined) console.error(`explain: ${problem}\n\n${USAGE}`);
  if (help || problem !== undefined) return help ? FINE : WRONG_USE;
  return files.map((file) => explainFile(file, at)).every(Boolean) ? FINE : WRONG_USE;
}

interface Arguments {
  readonly files: readonly string[];
  readonly at: Instant;
  readonly help: boolean;
  readonly problem?: string;
}

function read(args: readonly string[]): Arguments {
  const now = new Date().toISOString();
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' }, at: { type: 'string' } },
      allowPositionals: true,
    });
    const { help = false, at: given = now } = values;
    const at = toInstant(given);
    if (at === null)
      return { files: [], at: now, help, problem: '--at must be a time such as 2026-11-22T03:00:00Z' };
    return positionals.length === 0 && !help
      ? { files: [], at, help, problem: 'no FILE' }
      : { files: positionals, at, help };
  } catch (error) {
    return { files: [], at: now, help: false, problem: (error as Error).message };
  }
}

function explainFile(file: string, at: Instant): boolean {
  try {
    const event: unknown = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
    console.log(JSON.stringify({ file, ...explain(event, at) }));
    return true;
  } catch (error) {
    console.error(`explain: ${file === '-' ? 'standard input' : file}: ${(error as Error).message}`);
    return false;
  }
}
