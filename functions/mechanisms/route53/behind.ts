import { createHash } from 'node:crypto';
import type { WeightedRecord } from './route53.ts';

/**
 * What is behind each record that answers, by its set identifier. `1f0c22ab` is a hash of what the record points at;
 * `1f0c22ab.a1b2c3d4e5f6` adds what runs behind the load balancer there, if AWS shows it.
 */
export type Behind = Readonly<Record<string, string>>;

/** Returns what runs behind a load balancer, by its DNS name; null: AWS does not show it. */
export type RunningAt = (dnsName: string) => string | null;

export function behindOf(records: readonly WeightedRecord[], runningAt: RunningAt): Behind {
  return Object.fromEntries(records.map((record) => [record.identifier, behindOne(record, runningAt)]));
}

function behindOne({ listed, alias }: WeightedRecord, runningAt: RunningAt): string {
  const values = (listed.ResourceRecords ?? []).map(({ Value = '' }) => Value).toSorted();
  const pointsAt = alias === null ? values : ['alias', alias.zone, alias.dnsName];
  const hash = createHash('sha256').update(JSON.stringify(pointsAt)).digest('hex').slice(0, 8);
  const running = alias === null ? null : runningAt(alias.dnsName);
  return running === null ? hash : `${hash}.${running}`;
}

/** Returns what is behind a record. An identifier may be any text, even `toString`. */
export function behindIn(behind: Behind, identifier: string): string | undefined {
  return Object.hasOwn(behind, identifier) ? behind[identifier] : undefined;
}

export type Compared = 'same' | 'unknown' | 'points elsewhere' | 'runs something else';

/** Compares what was behind a record with what is there now. */
export function compare(before: string | undefined, now: string | undefined): Compared {
  if (before === undefined || now === undefined) return 'unknown';
  const [pointedAt, ran] = before.split('.');
  const [pointsAt, runs] = now.split('.');
  if (pointedAt !== pointsAt) return 'points elsewhere';
  if (ran === undefined || runs === undefined) return 'unknown';
  return ran === runs ? 'same' : 'runs something else';
}
