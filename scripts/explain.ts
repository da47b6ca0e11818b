import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { explain } from '../src/targets/explain.ts';

const USAGE = `Usage: npm run -s explain -- FILE…

Says what Lastgood would do with the event in each FILE (- is standard input), a line of JSON each:
  file      as it was given
  kind      alarm, deployment, request or ignored
  targets   what the event is about: ["ecs:prod/checkout"]
  requests  the rollbacks that it would start
  reason    why

Needs no AWS account. The tags of an alarm are known only as far as the event carries them.
Exit status 2 when a FILE cannot be read or is not JSON; the others are explained all the same.`;

/** Writes to a pipe that its reader may close early (\`| head -1\`). */
process.stdout.on('error', () => process.exit());

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const { files, help, problem } = read(args);
  if (help) console.log(USAGE);
  if (problem !== undefined) console.error(`explain: ${problem}\n\n${USAGE}`);
  if (help || problem !== undefined) return help ? 0 : 2;
  return files.map(explainFile).every(Boolean) ? 0 : 2;
}

function read(args: readonly string[]): { files: readonly string[]; help: boolean; problem?: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const help = values.help === true;
    return positionals.length === 0 && !help
      ? { files: [], help, problem: 'no FILE' }
      : { files: positionals, help };
  } catch (error) {
    return { files: [], help: false, problem: (error as Error).message };
  }
}

function explainFile(file: string): boolean {
  try {
    const event: unknown = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
    console.log(JSON.stringify({ file, ...explain(event) }));
    return true;
  } catch (error) {
    console.error(`explain: ${file === '-' ? 'standard input' : file}: ${(error as Error).message}`);
    return false;
  }
}
