import { onlyScales } from '../../src/aws/scaling-alarms.ts';
import { accusing } from '../../src/ledger/accusing.ts';
import type { Claims } from '../../src/ledger/claims.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Found } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after } from '../../src/rollback/time.ts';
import { fromDescription } from '../../src/targets/alarms/description.ts';
import { optional } from './optional.ts';
import { isAboutTarget } from './other-alarms.ts';
import type { ReadRed } from './red-alarms.ts';

/** Reads the names of the alarms in ALARM that are about the target. */
export type OwnRed = (rollback: Judgeable, now: Instant) => Promise<Found<readonly string[]>>;

/** The tag `lastgood:target` of an alarm is not read. An alarm that has one, and turned, is known by its trigger. */
const LOOK_BACK_SECONDS = 30 * 86_400;

/** For a rehearsal. Nothing waits for it, so an answer that is not complete is unknown. */
export function createOwnRed(readRed: ReadRed, claims: Pick<Claims, 'records'>): OwnRed {
  return (rollback, now) =>
    optional(async () => {
      const { request, plan } = rollback;
      const [red, records] = await Promise.all([
        readRed(null),
        claims.records(request.target, after(now, -LOOK_BACK_SECONDS)),
      ]);
      if (red?.isComplete !== true) throw new Error('more alarms are in ALARM than were read');
      const watched = 'watch' in plan ? plan.watch.alarms : [];
      const known = new Set([...watched, ...readSettings(plan.tags).alarms, ...accusing(records)]);
      const about = red.metricAlarms
        .filter((alarm) => !onlyScales(alarm))
        .map(fromDescription)
        .filter((alarm) => alarm !== null && isAboutTarget(alarm, rollback))
        .flatMap((alarm) => alarm?.name ?? []);
      const named = red.all.flatMap(({ AlarmName = '' }) => (known.has(AlarmName) ? [AlarmName] : []));
      return [...new Set([...named, ...about])];
    });
}
