import { describe, expect, it } from 'vitest';
import type { Change, NewStack, NewUpdate } from '@lastgood/embedded-aws/world/cloudformation/model.ts';
import { RED, ROLE, StackWorld } from '@lastgood/embedded-aws/test/world/cloudformation-world.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request, Trigger } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';
import { wanted } from '../../../contract/walk.ts';
import { over, rest, stage, TARGET } from './stage.ts';

const QUEUE: Change = { logicalId: 'Queue', type: 'AWS::SNS::Topic', fails: 'no' };

/** Updates the stack to `v2`, lets time pass, and plans. */
async function planAfter(
  seconds: number,
  {
    settings = {},
    update = {},
    ask = {},
  }: { settings?: Partial<NewStack>; update?: Partial<NewUpdate>; ask?: Partial<Request> },
) {
  const set = await stage(settings);
  set.world.update('v2', update);
  await set.world.pass(seconds);
  return { ...set, plan: await set.mechanism.plan(wanted(TARGET, ask)) };
}

const failing = (world: StackWorld): NewUpdate['changes'] => [world.moves('v2'), QUEUE];

const reasonOf = (plan: Plan) => ('reason' in plan ? plan.reason : '');
const rungsIn = (plan: Plan) => ('rungs' in plan ? plan.rungs.map(({ name }) => name) : []);

describe('an update under way', () => {
  it('is cancelled, and its rollback is continued once if the stack stores a role', async () => {
    const { plan } = await planAfter(5, {});
    expect([plan.state, rungsIn(plan)]).toEqual(['ready', ['cancel-update', 'continue-rollback']]);
    const other = await planAfter(5, { settings: { roleArn: undefined } as never });
    expect(rungsIn(other.plan)).toEqual(['cancel-update']);
  });

  it('shows what changes: the parameters that the ledger knows, and the resources', async () => {
    const set = await stage();
    set.ledger.prove(
      'deploy-v1',
      set.world.world.clock.iso(),
      '{"template":"a","parameters":{"Version":"v1"}}',
    );
    set.world.update('v2');
    const plan = await set.mechanism.plan(wanted(TARGET));
    expect(plan).toMatchObject({
      source: 'ledger',
      from: { id: 'deploy-v2', name: 'shop@deploy-v2' },
      to: { id: 'deploy-v1' },
      changes: [
        expect.stringMatching(/^template: /),
        'parameter Version: v2 → v1',
        'Live (AWS::Lambda::Alias): updated',
      ],
    });
    expect(JSON.stringify(plan)).not.toContain('****');
  });

  it('watches the alarms that CloudFormation watches', async () => {
    const set = over(new StackWorld({ triggers: [RED] }).withAlarm());
    await set.world.pass(60);
    set.world.update('v2');
    expect(await set.mechanism.plan(wanted(TARGET))).toMatchObject({ watch: { alarms: ['red'] } });
  });

  it('raises a doubt where the rollback deletes data', async () => {
    const table: Change = { logicalId: 'Orders', type: 'AWS::DynamoDB::Table', does: 'creates' };
    const store: Change = { logicalId: 'Store', type: 'AWS::RDS::DBInstance', does: 'replaces' };
    const safe: Change = { logicalId: 'Old', type: 'AWS::DynamoDB::Table' };
    const { plan } = await planAfter(50, { update: { changes: [table, store, safe] } });
    expect(plan).toMatchObject({
      doubt: expect.stringMatching(
        /Orders \(AWS::DynamoDB::Table\), Store \(AWS::RDS::DBInstance\)\.$/,
      ) as string,
    });
  });

  it('is not cancelled in express mode', async () => {
    const set = await stage();
    set.world.update('v2', { mode: 'EXPRESS', changes: [set.world.moves('v2'), set.world.moves('v2')] });
    const plan = await set.mechanism.plan(wanted(TARGET));
    expect([plan.state, reasonOf(plan)]).toEqual(['no-way-back', expect.stringMatching(/express mode/)]);
  });

  it('does not go back to a condemned update', async () => {
    const set = await stage();
    set.ledger.condemn('deploy-v1');
    set.world.update('v2');
    const plan = await set.mechanism.plan(wanted(TARGET));
    expect([plan.state, reasonOf(plan)]).toEqual([
      'no-way-back',
      expect.stringMatching(/was at fault itself$/),
    ]);
  });

  it('can go back by one update only, also on request', async () => {
    const { plan } = await planAfter(5, { ask: { revision: 'create-1' } });
    expect(reasonOf(plan)).toMatch(/can only roll shop back to shop@deploy-v1$/);
    const again = await planAfter(5, { ask: { revision: 'deploy-v2' } });
    expect([again.plan.state, reasonOf(again.plan)]).toEqual([
      'nothing-to-do',
      'shop@deploy-v2 is already being rolled out',
    ]);
  });
});

describe('a failed update', () => {
  const disableRollback = true;

  it('is rolled back, or its native rollback is joined', async () => {
    const set = await stage();
    set.world.update('v2', { disableRollback, changes: failing(set.world) });
    await set.world.pass(120);
    const plan = await set.mechanism.plan(wanted(TARGET));
    expect([plan.state, rungsIn(plan)]).toEqual(['ready', ['rollback-stack', 'continue-rollback']]);
    const native = await stage();
    native.world.update('v2', { changes: failing(native.world) });
    await native.world.pass(55);
    const joined = await native.mechanism.plan(wanted(TARGET));
    expect([joined.state, rungsIn(joined)]).toEqual(['join', ['native-rollback', 'continue-rollback']]);
  });

  it('is left to a person without a stored role, and in express mode', async () => {
    for (const [settings, mode] of [
      [{ roleArn: undefined }, 'STANDARD'],
      [{}, 'EXPRESS'],
    ] as const) {
      const set = await stage(settings as Partial<NewStack>);
      set.world.update('v2', { disableRollback, mode, changes: failing(set.world) });
      await set.world.pass(120);
      const plan = await set.mechanism.plan(wanted(TARGET));
      expect([plan.state, reasonOf(plan)]).toEqual([
        'no-way-back',
        expect.stringMatching(mode === 'EXPRESS' ? /express mode/ : /stores no service role/),
      ]);
    }
  });

  it('whose rollback failed is continued once', async () => {
    const stuck = { reason: 'locked', times: 2 };
    const set = await stage();
    set.world.update('v2', { changes: [set.world.moves('v2', { undoFails: stuck })] });
    set.world.call('CancelUpdateStack', { StackName: 'shop' });
    await rest(set.world);
    expect(rungsIn(await set.mechanism.plan(wanted(TARGET)))).toEqual(['continue-rollback']);
    set.world.call('ContinueUpdateRollback', { StackName: 'shop' });
    await rest(set.world);
    const plan = await set.mechanism.plan(wanted(TARGET));
    expect([plan.state, reasonOf(plan)]).toEqual([
      'no-way-back',
      expect.stringMatching(/failed again after it was continued/),
    ]);
  });

  it('that CloudFormation rolled back leaves nothing to do', async () => {
    const set = await stage();
    set.world.update('v2', { changes: failing(set.world) });
    await rest(set.world);
    const trigger: Trigger = {
      type: 'deployment',
      id: 'e1',
      at: set.world.world.clock.iso(),
      deployment: 'deploy-v2',
    };
    expect(await set.mechanism.plan(wanted(TARGET, { trigger }))).toMatchObject({
      state: 'nothing-to-do',
      runs: { id: 'deploy-v1' },
      reason: 'the deployment of shop@deploy-v2 failed, and only shop@deploy-v1 runs',
    });
    const by = { type: 'request', id: 'r1', at: set.world.world.clock.iso(), by: 'ana' } as const;
    expect(reasonOf(await set.mechanism.plan(wanted(TARGET, { trigger: by })))).toMatch(
      /^CloudFormation has rolled shop@deploy-v2 back already: the update to shop@deploy-v1 is complete, and/,
    );
  });
});

describe('what has no way back', () => {
  it('is a completed update: the plan names what deploys the stack', async () => {
    const { plan } = await planAfter(600, {
      settings: { tags: { 'lastgood:pipeline': 'the pipeline shop-release' } },
    });
    expect([plan.state, reasonOf(plan)]).toEqual([
      'no-way-back',
      'the update to shop@deploy-v2 is complete, and CloudFormation keeps no earlier template to go back to: run the pipeline shop-release with the last good commit',
    ]);
    const set = await stage();
    set.ledger.prove('deploy-v1');
    set.world.update('v2');
    await rest(set.world);
    expect(reasonOf(await set.mechanism.plan(wanted(TARGET)))).toMatch(
      /name what deploys shop in its tag lastgood:pipeline\. The last good update was shop@deploy-v1$/,
    );
  });

  it.each(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS'] as const)(
    'is a stack in %s',
    async (status) => {
      const set = over(new StackWorld({ status, roleArn: ROLE }));
      expect(await set.mechanism.plan(wanted(TARGET))).toMatchObject({ state: 'no-way-back' });
      expect(set.writes()).toEqual([]);
    },
  );

  it('is a nested stack, one of a StackSet, and one that another target deploys', async () => {
    const root = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/whole/1a2b';
    const nested = over(new StackWorld({ root }));
    const plan = await nested.mechanism.plan(wanted(TARGET));
    expect([plan.state, reasonOf(plan)]).toEqual([
      'no-way-back',
      'shop is nested in cloudformation:whole: roll that back instead, because CloudFormation updates them together',
    ]);
    const trigger: Trigger = {
      type: 'deployment',
      id: 'e1',
      at: '2026-11-22T02:00:00.000Z',
      deployment: 'x',
    };
    expect(await nested.mechanism.plan(wanted(TARGET, { trigger }))).toMatchObject({
      state: 'nothing-to-do',
    });
    const name = 'StackSet-shop-0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
    const ofSet = over(new StackWorld({ name }), `cloudformation:${name}`);
    expect(reasonOf(await ofSet.mechanism.plan(wanted(`cloudformation:${name}`)))).toMatch(
      /belongs to the StackSet shop/,
    );
    const owned = over(new StackWorld({ tags: { 'lastgood:target': 'pipeline:release/deploy' } }));
    expect(reasonOf(await owned.mechanism.plan(wanted(TARGET)))).toMatch(/^pipeline:release\/deploy deploys/);
  });
});

describe('an update after the suspect', () => {
  const alarmAt = (since: string): Trigger => {
    const onset = { at: since, until: after(since, 60) };
    return { type: 'alarm', id: 'red 1', at: after(since, 180), alarm: 'red', onset };
  };

  /** `v2` hurts from its first minute on. Then an update begins. */
  async function superseded(version: string, wait: number) {
    const set = await stage({ monitoringMinutes: 5 });
    const content = await contentNow(set);
    set.ledger.prove('deploy-v1', set.world.world.clock.iso(), content);
    set.world.update('v2');
    const since = set.world.world.clock.iso();
    await rest(set.world);
    await set.world.pass(600);
    set.world.update(version, { token: 'later' });
    await set.world.pass(wait);
    return { ...set, plan: await set.mechanism.plan(wanted(TARGET, { trigger: alarmAt(after(since, 60)) })) };
  }

  async function contentNow(set: Awaited<ReturnType<typeof stage>>): Promise<string> {
    const plan = await set.mechanism.plan(wanted(TARGET));
    return plan.recent?.find(({ id }) => id === 'deploy-v1')?.content ?? '';
  }

  it('stays if it brings the good one back, and the plan says which replaced which', async () => {
    const { plan, writes } = await superseded('v1', 900);
    expect([plan.state, reasonOf(plan)]).toEqual([
      'nothing-to-do',
      'shop@later, which is deploy-v1 under another name, is back already: it replaced shop@deploy-v2',
    ]);
    expect(plan.recent?.[0]?.content).toBe(plan.recent?.[2]?.content);
    expect(writes()).toEqual([]);
  });

  it.each([
    ['under way', 60, 'is replacing'],
    ['complete', 900, 'replaced'],
  ])('stays if it is new and %s: its rollback would lead to the suspect', async (_, wait, verb) => {
    const { plan, writes } = await superseded('v3', wait);
    expect(plan).toMatchObject({
      state: 'no-way-back',
      suspect: { name: 'shop@deploy-v2' },
      reason: `shop@later ${verb} shop@deploy-v2, which ran when the harm began, and CloudFormation keeps nothing from before that: deploy the last good template and parameters again, or name what deploys shop in its tag lastgood:pipeline. The last good update was shop@deploy-v1`,
    });
    expect(writes()).toEqual([]);
  });

  it('is not joined where CloudFormation rolls it back to the suspect', async () => {
    const set = await stage({ monitoringMinutes: 5 });
    set.world.update('v2');
    const since = set.world.world.clock.iso();
    await rest(set.world);
    await set.world.pass(1200);
    set.world.update('v3', { token: 'later' });
    set.world.call('CancelUpdateStack', { StackName: 'shop' });
    const plan = await set.mechanism.plan(wanted(TARGET, { trigger: alarmAt(after(since, 60)) }));
    expect([plan.state, reasonOf(plan)]).toEqual([
      'no-way-back',
      expect.stringMatching(/was at fault itself$/),
    ]);
  });
});
