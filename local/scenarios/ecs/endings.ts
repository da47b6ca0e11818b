import type { DescribeServicesResponse } from '@aws-sdk/client-ecs';
import type { Stage } from '../stage.ts';

/** Null when the service runs this task definition and nothing else; else what it runs. */
export function wentTo(stage: Stage, family: string): string | null {
  const { services = [] } = stage.call<DescribeServicesResponse>('ecs', 'DescribeServices', {
    cluster: 'prod',
    services: ['checkout'],
  });
  const runs = (services[0]?.deployments ?? []).map(
    ({ taskDefinition = '' }) => taskDefinition.split('/')[1],
  );
  return runs.length === 1 && runs[0] === family
    ? null
    : `the service runs ${runs.join(', ')}, not ${family}`;
}

/** Null when the event was kept with its error; else what is wrong. */
export function keptAsDeadLetter(stage: Stage): string | null {
  const kept = stage.runtime.queues.messages('lastgood-prod-dead-letters').length;
  return kept === 1 ? null : `${kept} messages in the dead-letter queue, not 1`;
}
