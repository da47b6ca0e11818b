import { parseArgs } from 'node:util';
import { FINE, WRONG_USE } from './command-line/status.ts';
import { decide, type Decision } from './judge/decide.ts';
import { decideHeldOut } from './judge/held-out.ts';
import { Unreadable, type Incident } from './judge/incident.ts';
import { readIncidents } from './judge/read.ts';
import { scoreOf, type Counts, type Score } from './judge/score.ts';

const USAGE = `Usage: npm run judge -- [--json] [--held-out] [--quiet] FILE…

Judges incidents (lastgood-incident/1) as Lastgood would, and scores those whose truth is in the file.
FILE is .json, .jsonl, either of them gzipped, or - for standard input.

  --json      one document with the figures
  --held-out  judge each incident by weights that were fitted without it (five folds, by id)
  --quiet     only the figures at the end

Prints for each incident the verdict, its confidence and its reasons; at the end the confusion matrix with Wilson
intervals of 95 %, by cause and by set. Exit status 0 when all are judged, 2 where the
command line is wrong or a FILE cannot be read.`;

process.stdout.on('error', () => process.exit());
process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        'held-out': { type: 'boolean' },
        quiet: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    if (values.help === true) {
      console.log(USAGE);
      return FINE;
    }
    if (positionals.length === 0) return wrong('no FILE');
    const incidents = positionals.flatMap(readIncidents);
    const decisions = decideAll(incidents, values['held-out'] === true);
    const score = scoreOf(decisions);
    if (values.json === true) console.log(JSON.stringify(score));
    else print(decisions, score, values.quiet === true);
    return FINE;
  } catch (error) {
    if (error instanceof Unreadable) {
      console.error(`judge: ${error.message}`);
      return WRONG_USE;
    }
    if (error instanceof TypeError && 'code' in error) return wrong(error.message);
    throw error;
  }
}

function decideAll(incidents: readonly Incident[], isHeldOut: boolean): readonly Decision[] {
  return isHeldOut ? decideHeldOut(incidents) : incidents.map((incident) => decide(incident));
}

function wrong(problem: string): number {
  console.error(`judge: ${problem}\n\n${USAGE}`);
  return WRONG_USE;
}

function print(decisions: readonly Decision[], score: Score, isQuiet: boolean): void {
  if (!isQuiet) decisions.forEach(printOne);
  console.log(figuresOf(decisions, score));
}

function printOne({ incident: { id, truth }, verdict, looks }: Decision): void {
  const confidence = 'confidence' in verdict ? verdict.confidence : undefined;
  const sure = confidence === undefined ? '' : ` (${Math.round(confidence * 100)} %)`;
  const again = looks === 0 ? '' : `, after ${looks} more look${looks === 1 ? '' : 's'}`;
  const real = truth === undefined ? '' : `  [${truth.shouldAct ? 'act' : 'not'}: ${truth.cause}]`;
  console.log(`${id}: ${verdict.verdict}${sure}${again}${real}`);
  for (const reason of verdict.reasons) console.log(`    ${reason}`);
}

function figuresOf(decisions: readonly Decision[], score: Score): string {
  const { incidents, scored, acted, asked, lookedAgain, sideBySide } = score;
  const actable = decisions.filter(({ incident }) => incident.truth?.shouldAct === true);
  const [should, right] = [actable.length, actable.filter(({ acts }) => acts).length];
  return [
    '',
    `${incidents} incidents, ${scored} scored; ${lookedAgain} looked at again`,
    '',
    '               acted  did not act',
    `should act     ${pad(right)}  ${pad(should - right)}`,
    `should not     ${pad(acted - right)}  ${pad(scored - should - acted + right)}`,
    '',
    `of the acts right         ${percentOf(score.precision, score.precision95)}`,
    `of what should, acted on  ${percentOf(score.recall, score.recall95)}`,
    `of what should, act or ask ${percentOf(score.actOrAsk)}`,
    `asked                     ${percentOf(scored === 0 ? null : asked / scored)} of all`,
    `side by side              ${sideBySide.n}: of the acts right ${percentOf(sideBySide.precision)}, act or ask ${percentOf(sideBySide.actOrAsk)}`,
    '',
    ...tableOf('cause', score.byCause),
    '',
    ...tableOf('set', score.bySet),
  ].join('\n');
}

function tableOf(title: string, groups: Readonly<Record<string, Counts>>): readonly string[] {
  const rows = Object.entries(groups).map(
    ([name, { n, acted, asked, right }]) =>
      `${name.padEnd(34)}${pad(n)}${pad(acted)}${pad(asked)}${pad(right)}  ${percentOf(right / n)}`,
  );
  return rows.length === 0 ? [] : [`${title.padEnd(34)}     n acted asked right`, ...rows];
}

function pad(count: number): string {
  return String(count).padStart(6);
}

function percentOf(share: number | null, interval?: readonly [number, number] | null): string {
  if (share === null) return '–';
  const between = interval ? ` (${percentOf(interval[0])} to ${percentOf(interval[1])})` : '';
  return `${(share * 100).toFixed(1)} %${between}`;
}
