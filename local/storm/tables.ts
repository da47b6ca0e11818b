import type { IdleResult } from './idle.ts';
import type { BucketCalls } from './meter.ts';
import type { StormResult } from './storm.ts';

/** Prints a storm as tables for people. */
export function printStorm(result: StormResult): void {
  const { buckets, outcomes, reasons, ...figures } = result;
  console.log('\nSeconds are counted from the first alarm.');
  console.table(figures);
  printCounts('Ends, as they were published', outcomes);
  printCounts('Targets that did not go back and that nobody was asked about', reasons);
  printBuckets(buckets);
}

/** Prints an idle run as tables for people. */
export function printIdle({ sights, noticed, usd, buckets, ...figures }: IdleResult): void {
  console.table(figures);
  console.log('\nThe longest time out of the sweep’s sight:');
  console.table(sights);
  console.log('\nFrom a change, or its event, until it is in the ledger:');
  console.table(noticed);
  console.log('\nUSD a month, list prices of eu-west-1:');
  console.table(Object.fromEntries(Object.entries(usd).filter(([, one]) => one > 0)));
  console.log('\nCalls of Lastgood by quota bucket:');
  console.table(buckets);
}

function printCounts(title: string, counts: Readonly<Record<string, number>>): void {
  const entries = Object.entries(counts);
  if (entries.length === 0) return;
  console.log(`\n${title}:`);
  for (const [what, count] of entries) console.log(`${String(count).padStart(6)}  ${what}`);
}

/** Prints calls by bucket, with the largest callers. */
function printBuckets(buckets: readonly BucketCalls[]): void {
  console.log('\nCalls of Lastgood by quota bucket:');
  console.table(
    buckets.map(({ name, calls, throttled, peak, perMinute, by }) => ({
      ...{ name, calls, throttled, peak, perMinute },
      most: callersOf(by),
    })),
  );
}

function callersOf(by: Readonly<Record<string, number>>): string {
  return Object.entries(by)
    .slice(0, 3)
    .map(([role, calls]) => `${shortName(role)} ${calls}`)
    .join(', ');
}

/** Returns a function's name of a role's: `lastgood-prod-guard-eu-west-1-role` is the guard's. */
export function shortName(role: string): string {
  return role.replace(/^lastgood-prod-/, '').replace(/-[a-z]+-[a-z]+-\d-role$/, '');
}
