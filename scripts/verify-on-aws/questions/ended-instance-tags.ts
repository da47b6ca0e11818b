import { DescribeInstancesCommand, type Filter, type Instance } from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

const VERSION_TAG = 'aws:ec2launchtemplate:version';

/** EC2 shows the tags of an instance for a while after its end. */
export const endedInstanceTags: Question = {
  id: 'ended-instance-tags',
  part: 'asg-fleet',
  looksAt: `the tag ${VERSION_TAG} of instances that ended during the part`,
  assumed: 'EC2 still shows it',
  look: async ({ clients, outputs }) => {
    const Filters = [{ Name: 'tag:aws:autoscaling:groupName', Values: [outputs('Fleet')] }];
    const found = await instances(clients, Filters);
    return found
      .map(({ InstanceId }) => InstanceId)
      .toSorted()
      .join(' ');
  },
  answer: async ({ clients, seen }) => {
    const ids = [...new Set(seen.flatMap((note) => note.split(' ')))].filter((id) => id.startsWith('i-'));
    if (ids.length === 0) return notSeen('the group had no instances');
    const found = await instances(clients, [{ Name: 'instance-id', Values: ids }]);
    const running = found.filter(({ State }) => State?.Name === 'running');
    const ended = found.filter(({ State }) => State?.Name === 'terminated');
    const count = ids.length - running.length;
    if (count === 0) return notSeen('no instance ended');
    const tagged = ended.filter(({ Tags = [] }) => Tags.some(({ Key }) => Key === VERSION_TAG));
    const says = `${tagged.length} of ${count} ended instances have it`;
    return tagged.length === count ? asAssumed(says) : otherwise(says);
  },
};

async function instances({ ec2 }: Clients, Filters: Filter[]): Promise<readonly Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}
