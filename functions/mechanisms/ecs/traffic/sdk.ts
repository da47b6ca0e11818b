import {
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeListeners,
  paginateDescribeRules,
  type ElasticLoadBalancingV2Client,
  type Listener,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { inBatches } from '../../../../src/aws/batches.ts';
import { sendActions } from '../../../../src/aws/listener-actions.ts';
import type { Balancer, Forwarding } from './balancer.ts';
import { weightsIn } from './weights.ts';

type Client = ElasticLoadBalancingV2Client;
type Untagged = Omit<Forwarding, 'tags'>;

/** The limit of one DescribeTags. */
const MAX_TAGGED_PER_CALL = 20;

/** Binds the calls to a client. */
export function createBalancer(client: Client): Balancer {
  return {
    forwardings: async (targetGroups) => {
      const balancers = await balancersOf(client, targetGroups);
      const listeners = (await Promise.all(balancers.map((arn) => listenersOf(client, arn)))).flat();
      const all = (await Promise.all(listeners.map((listener) => actionsOf(client, listener)))).flat();
      const found = all.filter(({ actions }) => targetGroups.some((group) => weightsIn(actions).has(group)));
      return withTags(client, found);
    },

    healthy: async (TargetGroupArn) => {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn });
      const { TargetHealthDescriptions = [] } = await client.send(command);
      return TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    },

    change: ({ arn }, actions) => sendActions(client, arn, actions),
  };
}

async function balancersOf(client: Client, targetGroups: readonly string[]): Promise<readonly string[]> {
  if (targetGroups.length === 0) return [];
  const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [...targetGroups] });
  const { TargetGroups = [] } = await client.send(command);
  return [...new Set(TargetGroups.flatMap(({ LoadBalancerArns = [] }) => LoadBalancerArns))];
}

async function listenersOf(client: Client, LoadBalancerArn: string): Promise<readonly Listener[]> {
  const found: Listener[] = [];
  for await (const { Listeners = [] } of paginateDescribeListeners({ client }, { LoadBalancerArn }))
    found.push(...Listeners);
  return found;
}

/** Reads the actions. The rules include the default action, which is changed through its listener. */
async function actionsOf(
  client: Client,
  { ListenerArn = '', DefaultActions = [] }: Listener,
): Promise<Untagged[]> {
  const found: Untagged[] = [{ arn: ListenerArn, actions: DefaultActions }];
  for await (const { Rules = [] } of paginateDescribeRules({ client }, { ListenerArn })) {
    const own = Rules.filter(({ IsDefault }) => IsDefault !== true);
    found.push(...own.map(({ RuleArn = '', Actions = [] }) => ({ arn: RuleArn, actions: Actions })));
  }
  return found;
}

async function withTags(client: Client, found: readonly Untagged[]): Promise<readonly Forwarding[]> {
  const tagged: Forwarding[] = [];
  for (const some of inBatches(found, MAX_TAGGED_PER_CALL)) {
    const command = new DescribeTagsCommand({ ResourceArns: some.map(({ arn }) => arn) });
    const { TagDescriptions = [] } = await client.send(command);
    const tags = new Map(TagDescriptions.map(({ ResourceArn = '', Tags = [] }) => [ResourceArn, Tags]));
    tagged.push(...some.map((one) => ({ ...one, tags: toTags(tags.get(one.arn)) })));
  }
  return tagged;
}

function toTags(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
