import { isRoutine } from '../../../src/targets/kinds/ecs/messages.ts';
import { releasedAt } from '../released-at.ts';
import type { EvidenceSource } from '../source.ts';
import type { EcsReads } from './reads.ts';

/**
 * Reads what the scheduler of ECS complained about since the release began, newest first: the latest 100 messages of a
 * service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function serviceEvents({ service }: Pick<EcsReads, 'service'>): EvidenceSource {
  return {
    name: 'service events',
    kind: 'ecs',
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
