import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** The resource that the bad release replaces. */
const REPLACED = 'UpdatedVersion';

/** An event says by its reason that a resource is replaced. */
export const stackReplacementReason: Question = {
  id: 'stack-replacement-reason',
  part: 'stack-update',
  looksAt: 'the reasons of the events of a version that the update replaces',
  assumed: 'one contains "requires the creation of a new physical resource"',
  answer: async ({ clients, outputs, course: { releasedAt } }) => {
    const { StackEvents = [] } = await clients.cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: outputs('UpdatedStack') }),
    );
    const events = StackEvents.filter(
      ({ LogicalResourceId, Timestamp, ResourceStatus }) =>
        LogicalResourceId === REPLACED &&
        ResourceStatus === 'UPDATE_IN_PROGRESS' &&
        (Timestamp?.getTime() ?? 0) >= releasedAt,
    );
    if (events.length === 0) return notSeen('no event shows that the version was updated');
    const reasons = events.flatMap(({ ResourceStatusReason }) => ResourceStatusReason ?? []);
    const found = reasons.length === 0 ? 'no event has a reason' : reasons.join('; ');
    const isSaid = reasons.some((one) => /requires the creation of a new physical resource/i.test(one));
    return isSaid ? asAssumed(found) : otherwise(found);
  },
};
