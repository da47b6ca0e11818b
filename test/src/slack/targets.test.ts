import { describe, expect, it } from 'vitest';
import { areBlocks } from '../../../local/slack/block-shape.ts';
import { wordsOf } from '../../../local/slack/channel.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import type { UnderWay } from '../../../src/ledger/under-way.ts';
import type { Plan } from '../../../src/rollback/plan.ts';
import { runsOf, type Runs } from '../../../src/rollback/runs.ts';
import { changesOf } from '../../../src/slack/messages/plan.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';
import { targetsList } from '../../../src/slack/messages/targets.ts';

const AT = '2026-11-22T03:00:00.000Z';
const one = { id: 'one', name: 'app:1' };
const two = { id: 'two', name: 'app:2' };
const proven = (revision: typeof one): Entry => ({
  ...{ state: 'proven', target: 'ecs:prod/app', revision, completedAt: AT, provenAt: AT, evidence: [] },
});
const base: Runs = {
  at: AT,
  newest: { state: 'completed', startedAt: AT, revision: two },
  revision: two,
  back: one,
  tag: 'auto',
};

function lineOf(
  runs: Runs | null,
  entries: readonly Entry[] = [proven(one)],
  underWay: UnderWay | null = null,
): string {
  const listed = [{ target: 'ecs:prod/app', entries, runs, underWay, freeze: null }];
  const { blocks } = targetsList({ listed, first: 0, total: 1, size: 20, unread: false, notes: [] });
  expect(areBlocks(blocks)).toBe(true);
  return (
    /^ *•.*$/m
      .exec(wordsOf(blocks as never))?.[0]
      .replaceAll(/<!date[^>]*>/g, 'DATE')
      .trim() ?? ''
  );
}

describe('a line of the list', () => {
  it.each([
    [base, 'runs `app:2`, deployed DATE · last known good `app:1`, proven DATE'],
    [null, 'not known what runs · last known good `app:1`, proven DATE'],
    [{ ...base, newest: null }, 'runs `app:2` · last known good `app:1`, proven DATE'],
    [
      { ...base, newest: { ...base.newest!, state: 'in-flight' as const }, revision: null },
      '`app:2` is being rolled out since DATE · last known good `app:1`, proven DATE',
    ],
    [
      { ...base, newest: { ...base.newest!, state: 'rolling-back' as const }, revision: null },
      'AWS is rolling `app:2` back · last known good `app:1`, proven DATE',
    ],
    [
      { ...base, newest: { ...base.newest!, state: 'failed' as const }, revision: one },
      'runs `app:1` · the deployment of `app:2` of DATE failed · last known good `app:1`, proven DATE',
    ],
    [
      {
        ...base,
        newest: { ...base.newest!, state: 'failed' as const, isCancelled: true as const },
        revision: one,
      },
      'runs `app:1` · the deployment of `app:2` of DATE was stopped · last known good `app:1`, proven DATE',
    ],
    [
      { ...base, newest: { ...base.newest!, state: 'failed' as const }, revision: null },
      'not known what runs · the deployment of `app:2` of DATE failed · last known good `app:1`, proven DATE',
    ],
    [
      { ...base, back: { id: 'zero', name: 'app:0' } },
      'runs `app:2`, deployed DATE · last known good `app:1`, proven DATE',
    ],
    [
      { ...base, tag: null },
      'runs `app:2`, deployed DATE · last known good `app:1`, proven DATE · not tagged',
    ],
  ])('%#: %j', (runs, expected) => {
    expect(lineOf(runs)).toBe(`• \`ecs:prod/app\` · ${expected}`);
  });

  it('says where a rollback would go, where nothing is proven or what was proven is at fault', () => {
    const back = { id: 'zero', name: 'app:0' };
    expect(lineOf({ ...base, back }, [])).toContain('would go back to `app:0`, not proven');
    expect(lineOf({ ...base, back }, [proven(two)], 'goes-on')).toContain('would go back to `app:0`');
  });

  it('says that nothing is proven, and that a rollback is under way', () => {
    expect(lineOf({ ...base, back: null }, [])).toContain('nothing proven yet');
    expect(lineOf(base, [proven(one)], 'goes-on')).toMatch(/\*being rolled back now\*$/);
    expect(lineOf(base, [proven(one)], 'answer')).toMatch(/\*a rollback waits for an answer\*$/);
    expect(lineOf(base, [proven(one)], 'pause')).toMatch(/\*a rollback is paused\*$/);
  });
});

describe('the running revision, by a plan', () => {
  const deployment = {
    id: 'd',
    state: 'completed',
    startedAt: AT,
    revision: two,
    isRollback: false,
  } as const;
  const plan: Plan = { state: 'no-way-back', at: AT, tags: { lastgood: 'auto' }, reason: '', deployment };

  it.each([
    [plan, two],
    [{ ...plan, runs: one }, one],
    [{ ...plan, deployment: { ...deployment, state: 'failed' as const } }, null],
    [{ ...plan, deployment: { ...deployment, state: 'in-flight' as const } }, null],
  ])('%#', (of, revision) => {
    expect(runsOf(of)).toMatchObject({ at: AT, revision, back: null, tag: 'auto' });
  });
});

describe('the changes, in a message', () => {
  it('distinguish not known from none', () => {
    expect(wordsOf(changesOf(undefined) as never)).toContain(
      'were not read. `lastgood plan TARGET` lists those',
    );
    expect(wordsOf(changesOf([]) as never)).toContain('AWS shows no difference between them');
    expect(wordsOf(changesOf(['image: <!channel> → b']) as never)).toContain('image: &lt;!channel&gt; → b');
  });

  it('are in the question', () => {
    const question = {
      ...{ version: '1' as const, target: 'ecs:prod/app', execution: 'arn', reasons: [], from: two, to: one },
      ...{ askedAt: AT, answerBy: AT, onSilence: 'stay' as const, changes: ['image: b → a'] },
    };
    const { question: asked } = messagesOf({ question });
    expect(wordsOf(asked?.blocks as never)).toContain('*Changes*\n• image: b → a');
  });
});
