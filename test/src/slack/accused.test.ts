import { describe, expect, it } from 'vitest';
import { areBlocks, areTooLong } from '../../../local/slack/block-shape.ts';
import { wordsOf } from '../../../local/slack/channel.ts';
import type { Detail } from '../../../src/events/details.ts';
import { fits } from '../../../src/slack/messages/blocks.ts';
import { messagesOf } from '../../../src/slack/messages/thread.ts';

const AT = '2026-11-22T03:00:00.000Z';
const ACCUSED: Detail<'Lookout Accused'> = {
  ...{ version: '1', target: 'ecs:prod/checkout', execution: 'arn:lookout', deployment: 'ecs-svc/2' },
  ...{ revision: { id: 'two', name: 'checkout:42' }, mode: 'observe', at: AT, since: AT },
  says: ['3 tasks of checkout:42 crashed, the last one: app exited with 1.', 'No task of checkout:41 did.'],
};

describe('an accusation of a lookout that only observes', () => {
  const { root, ...others } = messagesOf({ accused: ACCUSED });
  const words = wordsOf((root?.blocks ?? []) as never);

  it('is one message: what it saw, why nothing was done, and how often it was right', () => {
    expect(others).toEqual({});
    expect(root?.text).toBe(':telescope: The lookout accuses `checkout:42` of `ecs:prod/checkout`');
    expect(words).toContain('3 tasks of checkout:42 crashed');
    expect(words).toContain('No task of checkout:41 did.');
    expect(words).toContain('Nothing was done, because the target is tagged `lastgood:lookout` = `observe`.');
    expect(words).toContain('`npx --no-install lastgood lookout ecs:prod/checkout`');
    expect(JSON.stringify(root)).not.toContain('"actions"');
  });

  it('escapes what AWS said', () => {
    const says = ['app exited: <!channel> *hello*'];
    expect(JSON.stringify(messagesOf({ accused: { ...ACCUSED, says } }))).not.toContain('<!channel>');
  });

  it('fits into one message, however much it saw', () => {
    const says = Array.from({ length: 20 }, () => '&'.repeat(1_000));
    const name = 'x'.repeat(250);
    const long = { ...ACCUSED, says, target: `ecs:${name}/${name}`, revision: { id: 'two', name } };
    const { root: message } = messagesOf({ accused: long });
    const { blocks } = message!;
    expect([fits({ blocks }), areBlocks(blocks), areTooLong(blocks)]).toEqual([true, true, false]);
    expect(JSON.stringify(message)).toContain('and 14 more');
  });
});
