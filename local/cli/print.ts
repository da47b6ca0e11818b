import type { Happening, Result } from '../scenarios/result.ts';

/** Prints `02:14:31 what happened` on the virtual clock. */
export function printHappening({ at, what }: Happening): void {
  console.log(`${at.slice(11, 19)}  ${what}`);
}

/** Prints the end of a scenario for a person. */
export function printResult(result: Result): void {
  const { outcome, reason, verdict, rungs, recovery, passed, problems } = result;
  console.log(`\n${outcome}: ${reason}`);
  printVerdict(verdict);
  for (const { name, ended } of rungs) console.log(`  rung ${name}: ${ended}`);
  printRecovery(recovery);
  for (const problem of problems) console.log(`  PROBLEM ${problem}`);
  console.log(passed ? 'It ended as it must.' : 'It did NOT end as it must.');
}

/** Prints the reasons. Those for going back did not make the judge ask. */
function printVerdict(verdict: Result['verdict']): void {
  for (const line of verdict?.reasons ?? [])
    console.log(`  ${verdict?.against?.includes(line) === true ? verdict.verdict : 'act'}: ${line}`);
}

function printRecovery({ badSince, alarmAt, firstMitigationAt, restoredAt }: Result['recovery']): void {
  const since = (instant: string | null): string =>
    badSince === null || instant === null
      ? '–'
      : `${((Date.parse(instant) - Date.parse(badSince)) / 1000).toFixed(1)} s`;
  if (badSince === null) console.log('  The users never noticed.');
  else
    console.log(
      `  Bad at ${badSince.slice(11, 19)}; alarm after ${since(alarmAt)}, first mitigation after ${since(firstMitigationAt)}, restored after ${since(restoredAt)}.`,
    );
}
