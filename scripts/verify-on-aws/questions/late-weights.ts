import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

const ASSUMED_SECONDS = 30;

/** DescribeListeners shows new weights soon after they were written. */
export const lateWeights: Question = {
  id: 'late-weights',
  part: 'elb-weights',
  looksAt: 'the weights in DescribeListeners after ModifyListener',
  assumed: `the new ones are shown within ${ASSUMED_SECONDS} seconds`,
  look: async ({ clients, outputs, now }) => {
    const { Listeners = [] } = await clients.elb.send(
      new DescribeListenersCommand({ ListenerArns: [outputs('WeightsListener')] }),
    );
    const groups = Listeners[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? [];
    const odd = groups.find(({ TargetGroupArn }) => TargetGroupArn === outputs('OddGroup'));
    return `${now} ${(odd?.Weight ?? 0) > 0 ? 'new' : 'old'}`;
  },
  answer: ({ seen, course: { releasedAt } }) => {
    const first = seen.find((note) => note.endsWith(' new'));
    if (first === undefined) return notSeen('the new weights were never shown');
    const seconds = Math.round((Number.parseInt(first, 10) - releasedAt) / 1000);
    const found = `shown at the look ${seconds} seconds after the write`;
    return seconds <= ASSUMED_SECONDS ? asAssumed(found) : otherwise(found);
  },
};
