import { describe, expect, it } from 'vitest';
import { action, declaring, SOURCE } from '@lastgood/embedded-aws/test/world/pipeline-world.ts';
import { readinessWith } from '../../../../functions/mechanisms/pipeline/ready/ready.ts';
import { wanted } from '../../../contract/walk.ts';
import { stage, TARGET, type Stage } from './stage.ts';

async function examined({ codepipeline, plan }: Stage) {
  const { request } = wanted(TARGET);
  return readinessWith({ codepipeline })({ request, plan: await plan(), now: '2026-11-22T03:00:00.000Z' });
}

describe('the readiness of a stage', () => {
  it('names the faster target, and needs a rollback of the stage', async () => {
    const { findings, needs } = await examined(await stage());
    expect(findings.map(({ id }) => id)).toEqual(['faster-target']);
    expect(needs).toEqual([
      {
        actions: ['codepipeline:RollbackStage'],
        resources: ['arn:aws:codepipeline:eu-west-1:111122223333:checkout/Prod'],
        context: { 'aws:ResourceTag/lastgood': ['approve'] },
      },
    ]);
  });

  it('finds a change set that a second run does not meet, and an approval', async () => {
    const configuration = {
      StackName: '#{variables.stack}',
      ChangeSetName: 'next',
      ActionMode: 'CHANGE_SET_EXECUTE',
    };
    const actions = [
      action('Gate', 'Approval', 'Manual'),
      action('Execute', 'Deploy', 'CloudFormation', { configuration }),
    ];
    const { findings } = await examined(await stage(declaring([SOURCE, { name: 'Prod', actions }])));
    expect(findings.map(({ id }) => id)).toEqual(['change-set-consumed', 'approval-in-stage']);
  });
});
