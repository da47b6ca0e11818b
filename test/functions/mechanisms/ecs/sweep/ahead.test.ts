import { describe, expect, test } from 'vitest';
import { readAhead, type Calls } from '../../../../../functions/mechanisms/ecs/sweep/ahead.ts';
import { deployed } from '../../../../../functions/mechanisms/ecs/sweep/deployed.ts';
import { LISTS, PROOFS } from '../../../../../functions/mechanisms/ecs/sweep/shares.ts';
import { settledOf } from '../../../../../src/aws/each.ts';
import type { Entry } from '../../../../../src/ledger/ledger.ts';
import { ARN, awsError, FakeEcs } from '../../../../fakes/ecs.ts';

const AT = '2026-11-22T03:00:00.000Z';
const targetOf = (i: number, cluster = 'prod') => `ecs:${cluster}/s${i}`;
const arnOf = (target: string) => `${ARN}:service-revision/${target.slice(4)}/42`;
const observed = (target: string, deployment = 'ecs-svc/42') => ({
  ...{ target, deployment, completedAt: AT, soakUntil: AT },
});
const condemned = (target: string): Entry => ({
  ...{ state: 'condemned', target, revision: { id: `${arnOf(target)}0`, name: '' } },
  ...{ condemnedAt: AT, evidence: [], execution: '' },
});

/** Answers for any service, and counts the calls. */
function account(more: { readonly entries?: readonly Entry[]; readonly refused?: string } = {}) {
  const calls = { services: 0, lists: 0, revisions: 0 };
  const revisionOf = (arn: string) => {
    const configuration = { taskDefinition: `${ARN}:task-definition/checkout:${arn.slice(-1)}` };
    return { arn, serviceArn: '', createdAt: AT, configuration, images: [], targetGroups: [] };
  };
  const answers: Calls = {
    services: {
      in: (cluster, names, include) => {
        expect(names.length).toBeLessThanOrEqual(10);
        expect(include).toBe('TAGS');
        calls.services++;
        if (names.some((name) => name === more.refused))
          return Promise.reject(awsError('ThrottlingException'));
        return Promise.resolve(
          names.map((service) => {
            const revisions = [{ revision: arnOf(`ecs:${cluster}/${service}`), requested: 2, running: 2 }];
            return { name: { cluster, service }, service: new FakeEcs({ revisions }).service_!, sets: [] };
          }),
        );
      },
    },
    deployments: () => {
      calls.lists++;
      return Promise.resolve([]);
    },
    deployment: () => Promise.reject(new Error('not to be asked')),
    revisions: (arns) => {
      expect(arns.length).toBeLessThanOrEqual(20);
      calls.revisions++;
      return Promise.resolve(arns.map(revisionOf));
    },
    taskDefinition: () => Promise.reject(new Error('not to be asked')),
    entries: (target) => Promise.resolve((more.entries ?? []).filter((entry) => entry.target === target)),
  };
  const look = async (all: readonly ReturnType<typeof observed>[]) => {
    const reads = await readAhead(answers, all);
    return settledOf(all, (one) => deployed(reads, one));
  };
  return { calls, look };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => targetOf(i));

describe('many deployments at once', () => {
  test('take a call for ten services and one for twenty revisions', async () => {
    const { calls, look } = account();
    const found = await look(many(200).map((target) => observed(target)));
    expect(found.every((one) => one.status === 'fulfilled' && one.value?.runs === 'alone')).toBe(true);
    expect(calls).toEqual({ services: 20, lists: 0, revisions: 10 });
  });

  test('read the condemned revisions with them', async () => {
    const entries = many(5).map(condemned);
    const { calls, look } = account({ entries });
    await look(many(10).map((target) => observed(target)));
    expect(calls).toEqual({ services: 1, lists: 0, revisions: 1 });
  });

  test('of one service take one call', async () => {
    const { calls, look } = account();
    await look([observed(targetOf(1)), observed(targetOf(1))]);
    expect(calls.services).toBe(1);
  });

  test('fail in their own batch alone', async () => {
    const { look } = account({ refused: 's3' });
    const found = await look(many(15).map((target) => observed(target)));
    expect(found.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 'rejected'),
      ...Array.from({ length: 5 }, () => 'fulfilled'),
    ]);
  });
});

describe('beyond its share', () => {
  test('a service is left for the next minute', async () => {
    const { calls, look } = account();
    const clusters = Array.from({ length: PROOFS.callsPerMinute + 2 }, (_, i) => targetOf(1, `c${i}`));
    const found = await look(clusters.map((target) => observed(target)));
    expect(calls.services).toBe(PROOFS.callsPerMinute);
    const left = found.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(left).toHaveLength(2);
    expect(left[0]).toMatchObject({
      name: 'Throttled',
      message: expect.stringContaining(PROOFS.quota) as string,
    });
  });

  test('a deployment that needs the list is left for the next minute', async () => {
    const { calls, look } = account();
    const superseded = many(LISTS.callsPerMinute + 3).map((target) => observed(target, 'ecs-svc/41'));
    const found = await look(superseded);
    expect(calls.lists).toBe(LISTS.callsPerMinute);
    expect(found.filter(({ status }) => status === 'rejected')).toHaveLength(3);
    expect(found[0]).toMatchObject({ status: 'fulfilled', value: null });
  });
});
