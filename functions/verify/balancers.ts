import {
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { isNamed } from '../../src/aws/errors.ts';
import type { InReversion } from '../../src/rollback/document.ts';
import type { Health } from '../../src/rollback/health.ts';
import { watchedGroups } from './watched-groups.ts';

type Client = Pick<ElasticLoadBalancingV2Client, 'send'>;

/** ARNs of load balancers, by the ARNs of the target groups that they use. A group without one is missing. */
export type Balancers = Readonly<Record<string, string>>;

/**
 * Returns the load balancers of the watched target groups: as the plan or an earlier poll knew them, and otherwise by
 * one call for all other groups.
 */
export async function balancersOf(client: Client, rollback: InReversion): Promise<Balancers> {
  const known = { ...planned(rollback), ...remembered(rollback) };
  const unknown = watchedGroups(rollback).flatMap(({ arn }) => (Object.hasOwn(known, arn) ? [] : arn));
  return { ...known, ...(unknown.length > 0 && (await read(client, unknown))) };
}

function planned(rollback: InReversion): Balancers {
  const groups = watchedGroups(rollback);
  return Object.fromEntries(groups.flatMap(({ arn, balancer }) => (balancer ? [[arn, balancer]] : [])));
}

function remembered({ health }: InReversion): Balancers {
  return (health?.state === 'pending' && health.balancers) || {};
}

/** A deleted group makes the call fail for all others, so they are then read one by one. */
async function read(client: Client, arns: readonly string[]): Promise<Balancers> {
  try {
    const command = new DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] });
    const { TargetGroups = [] } = await client.send(command);
    return Object.fromEntries(
      TargetGroups.flatMap(({ TargetGroupArn = '', LoadBalancerArns: [balancer] = [] }) =>
        balancer === undefined ? [] : [[TargetGroupArn, balancer]],
      ),
    );
  } catch (error) {
    if (!isNamed(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) throw error;
    if (arns.length === 1) return {};
    const each = await Promise.all(arns.map((arn) => read(client, [arn])));
    return Object.assign({}, ...each) as Balancers;
  }
}

/** Adds the load balancers to the poll, so that the next one need not read them. Leaves out what could not be read. */
export async function withBalancers(health: Health, balancers: Promise<Balancers>): Promise<Health> {
  if (health.state !== 'pending') return health;
  const known = await balancers.catch(() => ({}));
  return Object.keys(known).length === 0 ? health : { ...health, balancers: known };
}
