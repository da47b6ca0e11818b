import { expect, it } from 'vitest';
import { readinessWith } from '../../../../../functions/mechanisms/cloudformation/ready/ready.ts';
import type { NewStack, NewUpdate } from '@lastgood/embedded-aws/world/cloudformation/model.ts';
import { wanted } from '../../../../contract/walk.ts';
import { rest, stage, TARGET } from '../stage.ts';

async function examine(settings: Partial<NewStack>, update: Partial<NewUpdate> = {}) {
  const set = await stage({ monitoringMinutes: 10, ...settings });
  set.world.update('v2', update);
  await rest(set.world);
  const plan = await set.mechanism.plan(wanted(TARGET));
  const { findings, needs } = await readinessWith(set)({ ...wanted(TARGET), plan, now: plan.at });
  return { findings: findings.map(({ id }) => id), needs, id: set.world.id };
}

it('finds nothing about a stack with a role and a monitoring time, and needs the three writes', async () => {
  const { findings, needs, id } = await examine({});
  expect(findings).toEqual([]);
  expect(needs).toEqual([
    {
      actions: [
        'cloudformation:CancelUpdateStack',
        'cloudformation:RollbackStack',
        'cloudformation:ContinueUpdateRollback',
      ],
      resources: [id],
      context: { 'aws:ResourceTag/lastgood': ['auto'] },
    },
  ]);
});

it('finds a missing role and a missing monitoring time', async () => {
  const { findings, needs } = await examine({ roleArn: undefined, monitoringMinutes: 0 } as never);
  expect(findings).toEqual(['stack-monitoring-none', 'stack-role-missing']);
  expect(needs?.[0]?.actions).toEqual(['cloudformation:CancelUpdateStack']);
});

it('finds an update without rollback, and the express mode', async () => {
  expect((await examine({}, { disableRollback: true })).findings).toEqual(['stack-rollback-off']);
  expect((await examine({}, { mode: 'EXPRESS' })).findings).toEqual(['stack-express']);
});
