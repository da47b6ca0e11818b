import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { inBatches } from '../../../src/aws/batches.ts';
import { isNamed } from '../../../src/aws/errors.ts';
import { sendActions } from '../../../src/aws/listener-actions.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Elb, Forwarder, Targets } from './elb.ts';
import { isRule } from '../../../src/targets/kinds/elb/target.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/** Names of the SDK and codes in the answer: the two differ in this API. */
const MISSING = [
  'ListenerNotFoundException',
  'ListenerNotFound',
  'RuleNotFoundException',
  'RuleNotFound',
  'TargetGroupNotFoundException',
  'TargetGroupNotFound',
];

/** Binds the calls to a client. */
export function createElb(client: Client): Elb {
  return {
    forwarder: (arn) => unlessMissing(async () => (await readForwarders(client, [arn])).get(arn) ?? null),

    tags: async (arns) => {
      const read = await Promise.all(
        inBatches(arns, MAX_TAGGED_PER_CALL).map((some) => readTags(client, some)),
      );
      return new Map(read.flat());
    },

    targets: (TargetGroupArn) =>
      unlessMissing(async () => {
        const { TargetHealthDescriptions = [] } = await client.send(
          new DescribeTargetHealthCommand({ TargetGroupArn }),
        );
        return countTargets(TargetHealthDescriptions);
      }),

    send: (arn, actions) => sendActions(client, arn, actions),
  };
}

/** The limit of one DescribeTags (API_DescribeTags, Elastic Load Balancing). */
const MAX_TAGGED_PER_CALL = 20;

async function readTags(client: Client, arns: readonly string[]): Promise<readonly [string, Tags][]> {
  const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns: [...arns] }));
  return TagDescriptions.map(({ ResourceArn = '', Tags = [] }) => [
    ResourceArn,
    Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  ]);
}

/**
 * Reads listeners, or rules, by their ARNs, in one call. Fails with an error of `isMissing` if one does not exist.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html
 */
export async function readForwarders(
  client: Client,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Forwarder>> {
  if (arns.every(isRule)) {
    const { Rules = [] } = await client.send(new DescribeRulesCommand({ RuleArns: [...arns] }));
    return new Map(Rules.map((rule) => [rule.RuleArn ?? '', toForwarder(rule.IsDefault, rule.Actions)]));
  }
  const { Listeners = [] } = await client.send(new DescribeListenersCommand({ ListenerArns: [...arns] }));
  return new Map(Listeners.map((one) => [one.ListenerArn ?? '', toForwarder(false, one.DefaultActions)]));
}

function toForwarder(
  isDefaultRule: boolean | undefined,
  actions: Forwarder['actions'] | undefined,
): Forwarder {
  return { isDefaultRule: isDefaultRule === true, actions: inOrder(actions) };
}

/** Sorts actions. Only a single action has no order (API_Action, Elastic Load Balancing). */
function inOrder(actions: Forwarder['actions'] = []): Forwarder['actions'] {
  return actions.toSorted((one, other) => (one.Order ?? 0) - (other.Order ?? 0));
}

/** Counts the states of https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
function countTargets(descriptions: readonly TargetHealthDescription[]): Targets {
  const states = descriptions.map(({ TargetHealth }) => TargetHealth?.State ?? 'unavailable');
  const count = (...wanted: readonly string[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    healthy: count('healthy'),
    registered: states.length - count('draining'),
    unknown: count('unused', 'unavailable'),
    instances: descriptions.flatMap(({ Target: { Id = '' } = {} }, index) =>
      Id.startsWith('i-') && states[index] !== 'draining' ? Id : [],
    ),
  };
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Says whether AWS refused a read because something that it names does not exist. */
export function isMissing(error: unknown): boolean {
  return isNamed(error, ...MISSING);
}
