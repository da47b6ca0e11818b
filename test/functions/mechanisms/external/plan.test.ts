import { describe, expect, it } from 'vitest';
import { released, SOURCE, stage } from './stage.ts';

const PERSON = { type: 'request', id: 'r1', at: '2026-11-22T05:00:00.000Z', by: 'ana' } as const;

describe('a plan of a target whose deployments nothing reports', () => {
  it('lets the system choose, says so, and condemns nothing', async () => {
    const plan = await stage().plan({ trigger: PERSON });
    expect(plan).toMatchObject({
      state: 'ready',
      isUnknown: true,
      source: 'owner',
      from: { name: 'what argocd runs' },
      to: { name: 'the last good revision that argocd knows' },
      notes: [expect.stringMatching(/no deployment of external:argocd\/checkout is known/)],
    });
    expect(plan).not.toHaveProperty('deployment');
  });

  it('goes to any revision that is asked for: only the system can refuse it', async () => {
    expect(await stage().plan({ trigger: PERSON, revision: '3f2a9c1' })).toMatchObject({
      state: 'ready',
      source: 'request',
      to: { id: '3f2a9c1' },
    });
  });
});

describe('reports', () => {
  it('of a source that the tag does not name do not count', async () => {
    const set = await released();
    await set.report('forged', 'completed', 'intruder');
    expect(await set.plan()).toMatchObject({ state: 'ready', from: { id: 'bad' }, to: { id: 'good' } });
  });

  it('of a failed deployment by such a source start nothing', async () => {
    const set = await released();
    const deployment = await set.report('forged', 'failed', 'intruder');
    const trigger = { type: 'deployment', id: deployment, at: set.clock.now, deployment } as const;
    expect(await set.plan({ trigger })).toMatchObject({
      state: 'nothing-to-do',
      reason: 'intruder reported the deployment, and the tag lastgood:source does not name it',
    });
  });

  it('of a failed deployment that the system replaced itself start nothing', async () => {
    const set = await released();
    const deployment = await set.report('worse', 'failed');
    const trigger = { type: 'deployment', id: deployment, at: set.clock.now, deployment } as const;
    expect(await set.plan({ trigger })).toMatchObject({ state: 'ready', from: { id: 'worse' } });
    await set.report('good', 'started');
    expect(await set.plan({ trigger })).toMatchObject({
      state: 'nothing-to-do',
      reason: 'good is replacing worse since it failed',
    });
    await set.report('good');
    expect(await set.plan({ trigger })).toMatchObject({ reason: 'good has replaced worse since it failed' });
  });

  it('without an end, of a deployment that was replaced, leave its revision under suspicion', async () => {
    const set = stage();
    await set.report('good');
    set.ledger.prove('good', set.clock.now);
    await set.report('bad', 'started');
    await set.report('fix');
    const { recent } = await set.plan();
    expect(recent?.map(({ state, remains }) => [state, remains])).toEqual([
      ['completed', undefined],
      ['failed', true],
      ['completed', undefined],
    ]);
  });
});

describe('there is no way back', () => {
  it('without a source that may answer: silence would end dirty', async () => {
    const set = await released();
    for (const tags of set.tags.values()) delete tags['lastgood:source'];
    expect(await set.plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/has no tag lastgood:source/) as string,
    });
  });

  it('to a revision that was at fault before', async () => {
    const set = await released();
    set.ledger.condemn('good');
    expect(await set.plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringMatching(/passed over good: it was at fault before/) as string,
    });
  });
});

it.each([
  ['7', 420],
  ['1440', 86_400],
])('waits for an answer as long as the tag says: %s minutes', async (minutes, withinSeconds) => {
  const set = await released();
  for (const tags of set.tags.values()) tags['lastgood:within'] = minutes;
  expect(await set.plan()).toMatchObject({ rungs: [{ name: 'hand-over', withinSeconds }] });
});

it.each(['0', '1441', 'soon', '1.5'])('refuses to wait %s minutes', async (minutes) => {
  const set = await released();
  for (const tags of set.tags.values()) tags['lastgood:within'] = minutes;
  await expect(set.plan()).rejects.toMatchObject({ name: 'InvalidTag', tag: 'lastgood:within' });
});

it('several sources may answer and report', async () => {
  const set = await released();
  for (const tags of set.tags.values()) tags['lastgood:source'] = `${SOURCE} ci.shop`;
  await set.report('worse', 'completed', 'ci.shop');
  expect(await set.plan()).toMatchObject({ from: { id: 'worse' }, to: { id: 'good' } });
});
