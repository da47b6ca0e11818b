import { Trouble } from '@lastgood/embedded-aws/world/traffic/trouble.ts';
import type { Served } from '@lastgood/embedded-aws/world/traffic.ts';

/** How a release went for its users, in seconds after its deployment began. Null: it never came. */
export interface Measured {
  /** Seconds of trouble, as the traffic defines it. */
  readonly badSeconds: number;
  /** Requests that failed or took too long in those seconds. */
  readonly badRequests: number;
  /** The first sign of the fault: an abnormal stop, an unhealthy target, or a bad minute that can be read. */
  readonly firstSignal: number | null;
  /** When an alarm of the users first turned. */
  readonly alarm: number | null;
  /** When AWS accepted Lastgood's first write to the target. */
  readonly firstWrite: number | null;
  /** When the users were served for good. */
  readonly served: number | null;
}

/** A stretch of trouble, in milliseconds since the epoch. `until` is null while it lasts. */
export interface Stretch {
  readonly since: number;
  readonly until: number | null;
}

/** Returns the stretches of trouble since an instant, oldest first. */
export function stretchesOf(history: readonly Served[], since: number): readonly Stretch[] {
  const trouble = new Trouble();
  const stretches: Stretch[] = [];
  let isBad = false;
  for (const { at, ...counts } of history) {
    if (at.getTime() < since) continue;
    trouble.add({ at: at.getTime(), ...counts });
    const [began, ended] = [trouble.badSince()?.getTime(), trouble.restoredAt()?.getTime()];
    const isBadNow = began !== undefined && ended === undefined;
    if (isBadNow && !isBad) stretches.push({ since: began, until: null });
    if (!isBadNow && isBad) stretches.push({ since: stretches.pop()?.since ?? since, until: ended ?? null });
    isBad = isBadNow;
  }
  return stretches;
}

/** Returns what the users noticed of a release. `began` and `ended` are milliseconds since the epoch. */
export function noticed(
  history: readonly Served[],
  began: number,
  ended: number,
): Pick<Measured, 'badSeconds' | 'badRequests' | 'served'> {
  const stretches = stretchesOf(history, began);
  const within = ({ at }: Served) =>
    stretches.some(({ since, until }) => at.getTime() >= since && at.getTime() < (until ?? ended));
  const last = stretches.at(-1)?.until ?? null;
  return {
    badSeconds: Math.round(sum(stretches.map(({ since, until }) => (until ?? ended) - since)) / 1000),
    badRequests: sum(history.filter(within).map(({ errors, slow }) => errors + slow)),
    served: last === null ? null : Math.round((last - began) / 1000),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
