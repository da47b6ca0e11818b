import { describe, expect, it } from 'vitest';
import { areBlocks, areTooLong } from '../../../local/slack/block-shape.ts';
import { wordsOf } from '../../../local/slack/channel.ts';
import { stormUpdated } from '../../../src/events/details/storms.ts';
import type { Detail } from '../../../src/events/details.ts';
import { readOfStorm } from '../../../src/slack/buttons.ts';
import { stormOf } from '../../../src/slack/messages/storm.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';

type Storm = Detail<'Rollback Storm Updated'>;

const AT = '2026-11-22T02:16:03.000Z';
const LIST = 'a'.repeat(64);

const closed = {
  ...{ version: '1' as const, storm: '20261122-021405-3fa94c1b', since: '2026-11-22T02:14:05.000Z', at: AT },
  says: '97 targets alarm since 02:14 UTC; 93 had a deployment within the hour, 88 of them the same image shop:v2.',
  ...{ alarming: 97, deployedWithinHour: 93 },
  counts: { waiting: 92, goingBack: 5, rolledBack: 0, skipped: 0, failedClean: 0, failedDirty: 0 },
  unanswered: 0,
  examples: ['ecs:prod/cart', 'ecs:prod/checkout'],
  dirty: [],
};
const asking: Storm = {
  ...closed,
  ...{ state: 'asking', choices: { all: 92, own: 60 }, list: LIST, answerBy: '2026-11-22T02:26:00.000Z' },
};
const answered: Storm = {
  ...closed,
  state: 'answered',
  choices: { all: 0, own: 0 },
  answer: {
    ...{ choice: 'all', by: 'slack:U0ADA', at: AT, list: LIST, targets: 89 },
    leftOut: { forbidden: 2, twoPeople: 1 },
  },
};
const ended = (counts: Partial<Storm['counts']>, more: Partial<Storm> = {}): Storm => ({
  ...answered,
  state: 'ended',
  counts: { ...asking.counts, waiting: 0, goingBack: 0, ...counts },
  ...more,
});

interface Element {
  readonly text: { readonly text: string };
  readonly value?: string;
}

const words = (storm: Storm) => wordsOf(stormOf(storm).blocks as never);
const buttonsOf = (storm: Storm) =>
  stormOf(storm).blocks.flatMap((block) =>
    block.type === 'actions' ? (block.elements as unknown as readonly Element[]) : [],
  );

/** Longer than any name of AWS, with characters that the escape makes longer. */
const LONG = `elb:${'&<>'.repeat(300)}`;

describe('the message of a storm', () => {
  it('asks one question, with a button for each choice, bound to the list', () => {
    expect(words(asking)).toContain(`*:tornado: Roll back? ${asking.says}*`);
    expect(words(asking)).toContain('`ecs:prod/cart`, `ecs:prod/checkout` and 90 more');
    expect(words(asking)).toContain('|02:26:00 UTC>. Without an answer, Lastgood does nothing.');
    expect(words(asking)).toContain('92 waiting · 5 going back');
    expect(buttonsOf(asking).map(({ text }) => text.text)).toEqual([
      'Roll back all 92',
      'Those with own proof: 60',
      'None',
    ]);
    expect(buttonsOf(asking).map(({ value = '' }) => readOfStorm(value))).toEqual(
      ['all', 'own', 'none'].map((choice) => ({ storm: asking.storm, list: LIST, choice })),
    );
  });

  it('offers nothing that would reach no target', () => {
    const none = { ...asking, choices: { all: 92, own: 0 } };
    expect(buttonsOf(none).map(({ text }) => text.text)).toEqual(['Roll back all 92', 'None']);
  });

  it('has no buttons once it is answered, and says who answered and whom the answer left out', () => {
    expect(buttonsOf(answered)).toEqual([]);
    expect(words(answered)).toMatch(
      /<@U0ADA> answered at .*: all \(89\)\. Left out: 2 that this person may not touch, 1 that need a second person\./,
    );
  });

  it('is good at the end only where every target went back', () => {
    expect(words(ended({ rolledBack: 97 }))).toContain('*:white_check_mark: A storm has ended: 97 targets');
    expect(words(ended({ rolledBack: 96, skipped: 1 }))).toContain('*:warning: A storm has ended: ');
    const dirty = ended({ rolledBack: 96, failedDirty: 1 }, { dirty: ['ecs:prod/cart'] });
    expect(words(dirty)).toContain('*:rotating_light: A storm has ended: ');
    expect(words(dirty)).toContain('A person must look now: `ecs:prod/cart`');
    expect(words(dirty)).toContain('96 rolled back · 1 need a person');
  });

  it('says how many questions had no answer', () => {
    expect(words(ended({ skipped: 97 }, { unanswered: 92 }))).toContain(
      '92 questions were not answered in time, so Lastgood did nothing there.',
    );
    expect(words(ended({ skipped: 97 }, { unanswered: 1 }))).toContain('1 question was not answered');
    expect(words(answered)).not.toContain('not answered');
  });

  it('says so while all are being judged', () => {
    expect(words({ ...answered, counts: ended({}).counts })).toContain('97 being judged');
  });

  it('lets no text of another become markup', () => {
    const evil: Storm = {
      ...asking,
      says: '<!channel> 97 targets alarm; the same image <https://evil.example|shop:v2>',
      examples: ['ecs:prod/`<!here>`'],
      answer: { ...answered.answer!, by: '<!channel>' },
    };
    expect(JSON.stringify(stormOf(evil))).not.toMatch(/<!(channel|here)>|<https/);
  });

  it('fits into the limits of Slack, whatever the names are', () => {
    const long = Array.from({ length: 20 }, (_, index) => `${LONG}${index}`);
    const big = Number.MAX_SAFE_INTEGER;
    const largest: Storm = {
      ...asking,
      ...{ says: LONG.repeat(4), choices: { all: big, own: big }, answer: answered.answer },
      ...{ examples: long.slice(0, 10), dirty: long, counts: { ...asking.counts, failedDirty: 500 } },
    };
    expect(stormUpdated.safeParse(largest).error).toBeUndefined();
    const { text, blocks } = stormOf(largest);
    expect(areBlocks(blocks)).toBe(true);
    expect(areTooLong(blocks)).toBe(false);
    expect(text.length).toBeLessThan(4000);
    for (const { text: label } of buttonsOf(largest)) expect(label.text.length).toBeLessThanOrEqual(75);
    // Each backtick has its partner, so no name was cut.
    expect(words(largest).split('`').length % 2).toBe(1);
    expect(words(largest)).toMatch(/ and \d+ more/);
  });
});

describe('the thread of a storm', () => {
  it('is one message without replies', () => {
    expect(messagesOf({ storm: asking })).toEqual({ root: stormOf(asking) });
  });
});
