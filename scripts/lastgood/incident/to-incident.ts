import { FORMAT, type Written, type WrittenLook } from '../../judge/incident.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import type { Background, Moment } from './moment.ts';
import { toAlarms } from './to-alarms.ts';
import { toDeployments, toOtherDeployments } from './to-deployments.ts';
import { toLedger, toRollbacks } from './to-ledger.ts';
import { toSeries } from './to-series.ts';

/** Writes an incident: the first look, and later ones as `later`. */
export function toIncident(
  id: string,
  [first, ...later]: readonly [Moment, ...Moment[]],
  background: Background,
): Written {
  const looks = later.map((moment) => ({ format: FORMAT, ...toLook(id, moment, background) }));
  return { format: FORMAT, ...toLook(id, first, background), ...(looks.length > 0 && { later: looks }) };
}

function toLook(id: string, moment: Moment, background: Background): WrittenLook {
  const { at, request, plan, measured, changes } = moment;
  const { alarm, at: turnedAt, previously } = request.trigger;
  const deployments = toDeployments(plan, request.target);
  return {
    id,
    target: { name: request.target, tags: ownTags(plan.tags) },
    trigger: { alarm, at: turnedAt, ...(previously !== undefined && { previously }) },
    decidedAt: at,
    alarms: toAlarms(background.alarms, moment),
    deployments: [...toOtherDeployments(background.dependencies, at), ...deployments],
    series: toSeries(measured, moment),
    ...toChanges(changes, moment),
    ledger: toLedger(background.entries, plan, at),
    lastKnownGood: 'to' in plan ? plan.to.id : null,
    rollbacks: toRollbacks(background, at),
  };
}

/** Returns the tags that the judge reads. Leaves out the URLs of probes, which may hold credentials. */
function ownTags(tags: Tags): Record<string, string> {
  const own = Object.entries(tags).filter(([tag]) => /^lastgood(:(?!probe$|prometheus$).*)?$/.test(tag));
  return Object.fromEntries(own);
}

/**
 * Writes the changes, unless they are too old. The ledger's table keeps them for an hour and deletes them late. An
 * empty list would claim that there were none.
 */
function toChanges(changes: Moment['changes'], { at }: Moment): Pick<WrittenLook, 'changes'> {
  const known = changes.filter((change) => !isAfter(change.at, at)).toReversed();
  return known.length === 0 ? {} : { changes: known.map((change) => ({ ...change, ...sourceOf(change) })) };
}

function sourceOf({ kind }: Moment['changes'][number]): { readonly source?: string } {
  return kind === 'flag' ? { source: 'appconfig' } : {};
}
