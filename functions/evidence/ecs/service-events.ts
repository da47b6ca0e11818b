import { isRoutine } from '../../../src/targets/kinds/ecs/messages.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { EvidenceSource } from '../source.ts';
import { atFault, type EcsReads } from './reads.ts';

/**
 * Reads what the scheduler of ECS complained about since the release began, newest first: the latest 100 messages of a
 * service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function serviceEvents({ service }: Pick<EcsReads, 'service'>): EvidenceSource {
  return {
    name: 'service events',
    async read(rollback, signal) {
      const { events = [] } = (await service(rollback, signal)) ?? {};
      const since = Date.parse(releasedAt(rollback));
      const complaints = events.filter(
        ({ createdAt, message = '' }) => (createdAt?.getTime() ?? 0) >= since && !isRoutine(message),
      );
      return {
        lines: complaints.map(
          ({ createdAt, message = '' }) => `${createdAt?.toISOString() ?? ''} ${message}`,
        ),
        traces: { complaints: complaints.map(({ message = '' }) => message) },
      };
    },
  };
}

/** Returns when the deployment of the revision at fault began; an hour before the plan where it is unknown. */
export function releasedAt(rollback: Planned): string {
  const { plan } = rollback;
  const { id } = atFault(rollback);
  const found = plan.recent?.find(({ revision }) => revision.id === id) ?? plan.deployment;
  return found?.startedAt ?? new Date(Date.parse(plan.at) - 3_600_000).toISOString();
}
