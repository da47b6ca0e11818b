import { findIn, type Finding } from '../../../../src/readiness/finding.ts';
import { APPCONFIG } from '../../../../src/readiness/ids/appconfig.ts';
import type { Environment } from '../appconfig.ts';
import { whyUndone } from '../monitors.ts';

const find = findIn(APPCONFIG);

/** Looks at the alarms that natively end a bad deployment, and that would undo a way back by a new one. */
export function ofMonitors(
  { name, monitors }: Pick<Environment, 'name' | 'monitors'>,
  states: ReadonlyMap<string, string>,
): readonly Finding[] {
  if (monitors.length === 0)
    return [
      find(
        'monitors-none',
        `No alarm rolls a deployment to the environment ${name} back natively.`,
        'Add the alarms of the application to the monitors of the environment.',
      ),
    ];
  const undone = whyUndone(monitors, states);
  if (undone === null) return [];
  return [
    find(
      'monitor-red',
      `${undone}.`,
      'Repair the alarm: let missing data count as notBreaching, or take an alarm that measures nothing off the environment.',
    ),
  ];
}
