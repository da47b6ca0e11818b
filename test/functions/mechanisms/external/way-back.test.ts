import { describe, expect, it } from 'vitest';
import { started, planned, withWay, claimed } from '../../../contract/walk.ts';
import { released, stage, TARGET, type Stage } from './stage.ts';

const begun = async (set: Stage) => started(set.mechanism, await planned(set.mechanism, TARGET));

describe('the event', () => {
  it('names what runs, where to go, until when, and the deployment in flight', async () => {
    const set = await released('started');
    await begun(set);
    expect(set.published).toEqual([
      {
        type: 'Rollback Wanted',
        detail: {
          version: '1',
          rollback: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          target: TARGET,
          system: 'argocd',
          name: 'checkout',
          reason: 'it hurts',
          from: 'bad',
          to: 'good',
          inFlight: '2',
          drill: false,
          wantedAt: set.clock.now,
          deadline: new Date(Date.parse(set.clock.now) + 1_800_000).toISOString(),
          execution: 'arn:aws:states:eu-west-1:111122223333:execution:lastgood:1',
        },
      },
    ]);
  });

  it('names no revision where none is known, and says that it is a drill', async () => {
    const set = stage();
    const trigger = { type: 'rehearsal', id: 'r', at: set.clock.now, by: 'ana', way: 'back' } as const;
    await started(set.mechanism, await planned(set.mechanism, TARGET, { trigger }));
    expect(set.published[0]?.detail).toMatchObject({ from: null, to: null, drill: true });
  });

  it('is put again by a retry, with the same id and the same deadline', async () => {
    const set = await released();
    const document = await planned(set.mechanism, TARGET);
    await set.mechanism.revert(document);
    set.pass(60);
    await set.mechanism.revert(document);
    const [first, again] = set.published;
    expect(again).toEqual(first);
  });

  it('is not put once nothing may answer for the target', async () => {
    const set = await released();
    const document = await planned(set.mechanism, TARGET);
    for (const tags of set.tags.values()) delete tags['lastgood:source'];
    expect(await set.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: `the tag lastgood:source of ${TARGET} was removed after the plan was made, so nothing may answer for it`,
    });
    expect(set.published).toEqual([]);
  });

  it('is not put once the owner took the consent back', async () => {
    const set = await released();
    const document = await planned(set.mechanism, TARGET);
    for (const tags of set.tags.values()) tags['lastgood'] = 'observe';
    expect(await set.mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: `${TARGET} is no longer tagged lastgood=auto or approve`,
    });
    expect(set.published).toEqual([]);
  });

  it('may have been put by an earlier try, which the answer says', async () => {
    const set = await released();
    const document = await planned(set.mechanism, TARGET);
    const { emit } = set;
    emit.error = new Error('no answer');
    await expect(set.mechanism.revert(document)).rejects.toThrow('no answer');
    emit.error = null;
    await set.report('another');
    expect(await set.mechanism.revert(document)).toMatchObject({ state: 'failed', touched: true });
  });
});

describe('a poll', () => {
  const polled = async (...answers: Parameters<Stage['answer']>[1][]) => {
    const set = await released();
    const document = await begun(set);
    for (const answer of answers) await set.answer(set.asked()[0]!, answer);
    return set.mechanism.settled(document);
  };

  it.each([
    ['nothing', [], { state: 'pending', summary: 'no answer from argocd yet' }],
    [
      'that it was accepted',
      [{ state: 'accepted', url: 'https://ci.example.com/7' }],
      { state: 'pending', summary: 'argocd accepted it at https://ci.example.com/7' },
    ],
    [
      'how far it is',
      [
        { state: 'accepted', url: 'https://ci.example.com/7' },
        { state: 'running', progress: '2 of 3 pods' },
      ],
      { state: 'pending', summary: 'argocd is going back at https://ci.example.com/7: 2 of 3 pods' },
    ],
    [
      'done',
      [{ state: 'done', revision: 'good' }],
      { state: 'settled', summary: 'argocd says that good runs again' },
    ],
    [
      'done with another revision',
      [{ state: 'done', revision: 'older' }],
      { state: 'failed', reason: 'argocd brought back older, not good' },
    ],
    [
      'refused',
      [{ state: 'refused', reason: 'auto-sync is on' }],
      { state: 'failed', reason: 'argocd refused: auto-sync is on', untouched: true },
    ],
    [
      'refused after progress: something was changed',
      [
        { state: 'running', progress: '2 of 3 pods' },
        { state: 'refused', reason: 'no quota' },
      ],
      { state: 'failed', reason: 'argocd refused after it began (2 of 3 pods): no quota' },
    ],
    [
      'failed, even if it says that it changed nothing',
      [{ state: 'failed', reason: 'no quota', touched: false }],
      { state: 'failed', reason: 'argocd failed: no quota (it says that it changed nothing)' },
    ],
    [
      'twice: the first end counts',
      [
        { state: 'done', revision: 'good' },
        { state: 'failed', reason: 'late news' },
      ],
      { state: 'settled', summary: 'argocd says that good runs again' },
    ],
  ] as const)('says %s', async (_, answers, poll) => {
    expect(await polled(...answers)).toEqual(poll);
  });

  it('settles with what the system chose, where it was to choose', async () => {
    const set = stage();
    const trigger = { type: 'request', id: 'r', at: set.clock.now, by: 'ana' } as const;
    const document = await started(set.mechanism, await planned(set.mechanism, TARGET, { trigger }));
    await set.answer(set.asked()[0]!, { state: 'done', revision: '41' });
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'settled' });
  });

  it('waits where the system chose, and reports its way back before it answers', async () => {
    const set = stage();
    const trigger = { type: 'request', id: 'r', at: set.clock.now, by: 'ana' } as const;
    const document = await started(set.mechanism, await planned(set.mechanism, TARGET, { trigger }));
    await set.report('41', 'started');
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'pending' });
    await set.answer(set.asked()[0]!, { state: 'done', revision: '41' });
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'settled' });
    await set.report('42', 'started');
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: '42' });
  });

  it('takes the report of the way back for no newer deployment', async () => {
    const set = await released();
    const document = await begun(set);
    await set.report('good');
    await set.answer(set.asked()[0]!, { state: 'done', revision: 'good' });
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'settled' });
  });

  it.each([
    ['is still deployed when it answers', 'started', 'overtaken'],
    ['failed before it answers', 'failed', 'settled'],
    ['was deployed before it answers', 'completed', 'settled'],
  ] as const)('where another revision %s', async (_, state, is) => {
    const set = await released();
    const document = await begun(set);
    await set.report('fix', state);
    await set.done('good');
    expect(await set.mechanism.settled(document)).toMatchObject({ state: is });
  });

  it('notices a deployment that ends after the answer', async () => {
    const set = await released();
    const document = await begun(set);
    const deployment = await set.report('fix', 'started');
    await set.done('good');
    await set.reports.keep({ target: TARGET, deployment, state: 'completed', at: set.clock.now });
    expect(await set.mechanism.settled(document)).toMatchObject({ state: 'overtaken', by: 'fix' });
  });
});

it('another execution has another id', async () => {
  const set = await released();
  const plan = withWay(await set.plan());
  const verdict = { verdict: 'act', at: set.clock.now, reasons: [] } as const;
  for (const execution of ['arn:1', 'arn:2'])
    await set.mechanism.revert({ ...claimed(TARGET), execution, plan: plan as never, verdict, rung: 0 });
  expect(set.asked()).toHaveLength(2);
});
