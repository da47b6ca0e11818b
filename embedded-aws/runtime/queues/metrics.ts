import type { Clock, Timer } from '../../world/clock.ts';
import type { Metrics } from '../../world/seams.ts';
import type { Queues } from './queues.ts';

/**
 * Records the queues' metrics each minute. SQS does so for active queues, for up to six hours after the last message:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html; here a
 * queue is active from its first message on.
 */
export function reportQueues(queues: Queues, clock: Clock, metrics: Metrics): Timer {
  const used = new Set<string>();
  return clock.every(60_000, () => {
    for (const queue of queues.all) {
      const { visible, inFlight } = queues.counts(queue);
      if (visible + inFlight > 0) used.add(queue.name);
      if (!used.has(queue.name)) continue;
      const of = { namespace: 'AWS/SQS', dimensions: { QueueName: queue.name }, unit: 'Count' };
      metrics.record({ ...of, name: 'ApproximateNumberOfMessagesVisible', value: visible });
      metrics.record({ ...of, name: 'ApproximateNumberOfMessagesNotVisible', value: inFlight });
    }
  });
}
