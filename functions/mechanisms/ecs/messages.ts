import type { Poll } from '../../../src/rollback/mechanism.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { isAfter } from '../../../src/rollback/time.ts';
import { isRoutine } from '../../../src/targets/kinds/ecs/messages.ts';
import type { Service } from './ecs.ts';

/** Matches a complaint without a cause. Any other complaint says more. */
const WITHOUT_CAUSE = /is unable to consistently start tasks/;

/** Returns the newest complaint of the scheduler since an instant, preferably with its cause; null: there is none. */
export function lastComplaint({ messages }: Pick<Service, 'messages'>, since: Instant): string | null {
  const complaints = messages
    .filter(({ at, text }) => !isAfter(since, at) && !isRoutine(text))
    .map(({ text }) => text);
  return complaints.find((text) => !WITHOUT_CAUSE.test(text)) ?? complaints[0] ?? null;
}

/** Matches a complaint that no task starts. Others may be about the tasks that the way back replaces. */
const HINDERS = /unable to (?:place|stop or start|consistently start)/;

/**
 * Quotes the newest complaint after the progress of the rollback, because it shows early why tasks do not start, and
 * after the reason of a failure.
 */
export function quoting(look: Poll, service: Pick<Service, 'messages'>, since: Instant): Poll {
  if (look.state !== 'pending' && look.state !== 'failed') return look;
  const complaint = lastComplaint(service, since);
  if (complaint === null) return look;
  const quoted = `ECS says: ${complaint}`;
  const cure = cureOf(complaint);
  const cured = { ...look, ...(cure !== null && { cure }) };
  if (cured.state === 'failed') return { ...cured, reason: `${cured.reason}. ${quoted}` };
  return {
    ...cured,
    summary: `${cured.summary}. ${quoted}`,
    ...(HINDERS.test(complaint) && { hindrance: quoted }),
  };
}

/** Complaints that hold for every deployment of the service, and what ends each. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [
    /was unable to stop or start tasks during a deployment because of the service deployment configuration/,
    'Set maximumPercent of the service to 200, or minimumHealthyPercent below 100.',
  ],
  [/was unable to place a task/, 'Make room for the tasks, as ECS says in the reason.'],
];

/**
 * Returns what a person must change before any deployment can proceed, or null.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
function cureOf(complaint: string): string | null {
  const cure = CURES.find(([says]) => says.test(complaint))?.[1];
  return cure === undefined ? null : `${cure} Until then no deployment proceeds, not even that of the fix.`;
}
