import { describe, expect, it, test, vi } from 'vitest';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../../scripts/lastgood/aws.ts';
import { putAnswer, untilAnswered, type Wished } from '../../../scripts/lastgood/storm/answer.ts';
import { storm as verb } from '../../../scripts/lastgood/storm/storm.ts';
import { listText, stormText, type Shown } from '../../../scripts/lastgood/storm/text.ts';
import type { Storm, StormList } from '../../../src/ledger/storms.ts';
import type { StormAnswer } from '../../../src/rollback/storm/member.ts';
import { givenTo } from './given.ts';

const ID = '20261122-021405-3fa94c1b';
const AT = '2026-11-22T02:16:03.000Z';
const LIST = 'a'.repeat(64);
const shown: Shown = {
  ...{ version: '1', storm: ID, since: '2026-11-22T02:14:05.000Z', at: AT, state: 'asking' },
  says: '97 targets alarm since 02:14 UTC; none had a deployment within the hour.',
  ...{ alarming: 97, deployedWithinHour: 0, choices: { all: 92, own: 60 }, list: LIST },
  answerBy: '2026-11-22T02:26:00.000Z',
  counts: { waiting: 92, goingBack: 5, rolledBack: 0, skipped: 0, failedClean: 0, failedDirty: 0 },
  ...{ unanswered: 0, examples: ['ecs:prod/cart'], dirty: [] },
};
const storm: Storm = { id: ID, since: shown.since, generation: 1, number: 1, list: LIST, shown, answers: [] };
const gathering: Storm = { id: ID, since: shown.since, generation: 1, number: 0, answers: [] };
const answer: StormAnswer = { choice: 'all', by: 'cli:ada', at: AT, list: LIST };

describe('the text of storms', () => {
  it('has a line for each, with what waits', () => {
    const [head, row, other] = listText([storm, gathering]).split('\n');
    expect(head).toMatch(/^STORM +SINCE +STATE +ALARMING +WAITING +OWN PROOF$/);
    expect(row?.split(/ {2,}/)).toEqual([ID, '2026-11-22 02:14', 'asking', '97', '92', '60']);
    expect(other).toMatch(/ gathering\s*$/);
    expect(listText([])).toBe('There is no storm.');
  });

  it('says of one what waits, until when, and what became of the others', () => {
    expect(stormText(storm).split('\n')).toEqual([
      `${ID}: asking`,
      shown.says,
      '92 wait for an answer, 60 of them with their own proof, the first until 2026-11-22T02:26:00.000Z:',
      'ecs:prod/cart and 91 more',
      '5 go back, 0 are rolled back, 0 were skipped, 0 could not go back, 0 need a person',
    ]);
    expect(stormText(gathering)).toBe(`${ID} gathers since 2026-11-22 02:14 UTC.`);
  });

  it('names who answered, whom the answer left out, and who needs a person', () => {
    const leftOut = { forbidden: 2, twoPeople: 1 };
    const ended = {
      ...shown,
      ...{ state: 'ended' as const, choices: { all: 0, own: 0 }, dirty: ['ecs:prod/cart'], unanswered: 3 },
      answer: { ...answer, targets: 89, leftOut },
    };
    const text = stormText({ ...storm, shown: ended });
    expect(text).not.toContain('wait for an answer');
    expect(text).toContain(`cli:ada answered "all" at ${AT}: 89 targets, and 3 left out`);
    expect(text).toContain('3 had no answer');
    expect(text).toContain('A person must look at ecs:prod/cart');
  });
});

describe('lastgood storm', () => {
  test.each([
    ['more than one answer', [ID, '--all', '--none'], /only one of --all, --own and --none/],
    ['an answer without a storm', ['--own'], /--own needs a STORM/],
  ])('refuses %s', async (_, args, problem) => {
    await expect(async () => verb.run(await givenTo(verb, ...args))).rejects.toThrow(problem);
  });
});

describe('an answer by the command', () => {
  const wished: Wished = { storm: ID, list: LIST, choice: 'all', by: 'cli:ada' };
  const list: StormList = { digest: LIST, number: 1, at: AT };
  const reading = (lists: readonly (StormList | null)[], found: Storm | null = storm) => {
    const left = [...lists];
    return {
      listOf: () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? null),
      read: () => Promise.resolve(found),
    };
  };
  const bus = (entry: object) => {
    const send = vi.fn((_command: { readonly input: unknown }) => Promise.resolve({ Entries: [entry] }));
    return { send, aws: { events: { send } as unknown as EventBridgeClient } as Aws };
  };

  it('is put on the bus as any tool does it', async () => {
    const { send, aws } = bus({ EventId: 'one' });
    await putAnswer(aws, 'prod', wished);
    expect(send.mock.calls[0]?.[0].input).toEqual({
      Entries: [
        {
          ...{ EventBusName: 'lastgood-prod', Source: 'lastgood.cli', DetailType: 'Rollback Storm Answered' },
          Detail: JSON.stringify({ storm: ID, list: LIST, choice: 'all', answeredBy: 'cli:ada' }),
        },
      ],
    });
  });

  it('fails if the bus refuses it', async () => {
    const { aws } = bus({ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' });
    await expect(putAnswer(aws, 'prod', wished)).rejects.toThrow(
      'the bus refused the answer: InternalFailure try again',
    );
  });

  it('is good once it is recorded as its own', async () => {
    const recorded = await untilAnswered(reading([list, { ...list, answer }]), wished);
    expect(recorded).toMatchObject({ status: 0, says: expect.stringContaining('answered "all"') as string });
  });

  it.each<[string, StormAnswer]>([
    ['another person', { ...answer, by: 'slack:U1' }],
    ['the same person otherwise', { ...answer, choice: 'none' }],
  ])('comes too late if %s answered before', async (_, given) => {
    const { status, says } = await untilAnswered(reading([{ ...list, answer: given }]), wished);
    expect(status).toBe(3);
    expect(says).toContain('before you');
  });

  it('comes too late if a newer list was answered, and only then', async () => {
    const newer = { ...answer, list: 'b'.repeat(64), number: 2, from: 0 };
    const found = await untilAnswered(reading([list], { ...storm, answers: [newer] }), wished);
    expect(found.status).toBe(3);
    const older = { ...newer, number: 0 };
    await expect(untilAnswered(reading([list], { ...storm, answers: [older] }), wished, 10)).rejects.toThrow(
      'was not recorded in time',
    );
  });
});
