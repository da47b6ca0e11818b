import {
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeListeners,
  paginateDescribeRules,
  type DescribeListenersInput,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type Rule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../../../src/aws/errors.ts';
import { inBatches } from '../../../../src/aws/batches.ts';
import { sendActions } from '../../../../src/aws/listener-actions.ts';
import type { Balancer, Forwarding, Place, Tagged } from './balancer.ts';
import { weightsIn } from './weights.ts';

type Client = ElasticLoadBalancingV2Client;

/** The limit of one DescribeTags. */
const MAX_TAGGED_PER_CALL = 20;

/** Binds the calls to a client. */
export function createBalancer(client: Client): Balancer {
  return {
    forwardings: async (targetGroups) => {
      const balancers = await balancersOf(client, targetGroups);
      const listeners = (
        await Promise.all(balancers.map((arn) => listenersOf(client, { LoadBalancerArn: arn })))
      ).flat();
      const all = (await Promise.all(listeners.map((listener) => actionsOf(client, listener)))).flat();
      const found = all.filter(({ actions }) => targetGroups.some((group) => weightsIn(actions).has(group)));
      return withTags(client, found);
    },

    of: async (listeners) => {
      const found = await listenersIfThere(client, listeners);
      return (await Promise.all(found.map((listener) => actionsOf(client, listener)))).flat();
    },

    again: (forwardings) => readAgain(client, forwardings),

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

async function listenersOf(client: Client, which: DescribeListenersInput): Promise<readonly Listener[]> {
  const found: Listener[] = [];
  for await (const { Listeners = [] } of paginateDescribeListeners({ client }, which))
    found.push(...Listeners);
  return found;
}

async function listenersIfThere(client: Client, arns: readonly string[]): Promise<readonly Listener[]> {
  try {
    return await listenersOf(client, { ListenerArns: [...arns] });
  } catch (error) {
    if (isNamed(error, 'ListenerNotFoundException')) return [];
    throw error;
  }
}

/** Reads the actions. The default action is that of the default rule, and is changed through its listener. */
async function actionsOf(
  client: Client,
  { ListenerArn = '', DefaultActions = [] }: Listener,
): Promise<Forwarding[]> {
  const rules: Rule[] = [];
  for await (const { Rules = [] } of paginateDescribeRules({ client }, { ListenerArn })) rules.push(...Rules);
  const initial = rules.find(({ IsDefault }) => IsDefault === true)?.RuleArn ?? ListenerArn;
  const own = rules.filter(({ IsDefault }) => IsDefault !== true);
  return [
    { arn: ListenerArn, shownBy: initial, actions: DefaultActions },
    ...own.map(({ RuleArn: arn = '', Actions: actions = [] }) => ({ arn, shownBy: arn, actions })),
  ];
}

/** Reads rules, and listeners without a default rule, each in one call. */
async function readAgain(client: Client, places: readonly Place[]): Promise<readonly Forwarding[] | null> {
  const shown = places.map(({ shownBy }) => shownBy);
  const [rules, listeners] = [shown.filter(isRule), shown.filter((arn) => !isRule(arn))];
  try {
    const [byRule, byListener] = await Promise.all([
      rules.length === 0 ? [] : rulesOf(client, rules),
      listeners.length === 0 ? [] : listenersOf(client, { ListenerArns: listeners }),
    ]);
    const actions = new Map([
      ...byRule.map(({ RuleArn = '', Actions = [] }) => [RuleArn, Actions] as const),
      ...byListener.map(
        ({ ListenerArn = '', DefaultActions = [] }) => [ListenerArn, DefaultActions] as const,
      ),
    ]);
    const found = places.flatMap((place) => {
      const is = actions.get(place.shownBy);
      return is === undefined ? [] : [{ ...place, actions: is }];
    });
    return found.length === places.length ? found : null;
  } catch (error) {
    if (isNamed(error, 'RuleNotFoundException', 'ListenerNotFoundException')) return null;
    throw error;
  }
}

async function rulesOf(client: Client, RuleArns: string[]): Promise<readonly Rule[]> {
  const found: Rule[] = [];
  for await (const { Rules = [] } of paginateDescribeRules({ client }, { RuleArns })) found.push(...Rules);
  return found;
}

function isRule(arn: string): boolean {
  return arn.includes(':listener-rule/');
}

async function withTags(client: Client, found: readonly Forwarding[]): Promise<readonly Tagged[]> {
  const tagged: Tagged[] = [];
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
