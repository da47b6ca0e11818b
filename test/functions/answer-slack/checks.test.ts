import '../../paths/silence-logs.ts';
import { describe, expect, it } from 'vitest';
import { areBlocks, areTooLong } from '../../../local/slack/block-shape.ts';
import { wordsOf } from '../../../local/slack/channel.ts';
import type { Kept } from '../../../src/readiness/document.ts';
import { seal } from '../../../src/slack/seal.ts';
import { handedOver, openDesk, SIGNING, TARGET, typed } from './desk.ts';

const ACCESS = [{ targets: ['ecs:prod/*'], users: ['U0ADA'] }];
const AT = '2026-11-22T03:00:00.000Z';
const finding = {
  id: 'image-gone',
  severity: 'blocks',
  says: 'Image v1 is gone.',
  cure: 'Push it.',
} as const;
const kept: Kept = {
  ...{ target: TARGET, at: AT, ready: 'no', score: 40, trend: 'worse', execution: 'e', past: [] },
  ...{ way: null, estimate: null, findings: [finding] },
};

/** Returns the end of a check. Without an output it failed. */
function checkEnd(output?: object, more: object = {}): unknown {
  const input = {
    ...{ kind: 'ecs', request: { target: TARGET, reason: 'readiness is checked' }, occasion: 'asked' },
    asker: { user: 'U0ADA', sealedUrl: seal('https://hooks.slack.com/commands/1', SIGNING) },
    ...more,
  };
  const failed = { error: 'Failed', cause: 'The target could not be checked.' };
  return {
    id: 'event',
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account: '111122223333',
    detail: {
      input: JSON.stringify(input),
      ...(output === undefined ? failed : { output: JSON.stringify(output) }),
    },
  };
}

describe('/rollback readiness', () => {
  it('starts a check for a person who may touch the target, and one only for a retry', async () => {
    const { handle, checks, answers } = openDesk({ access: ACCESS, targets: [TARGET] });
    const request = handedOver(typed('U0ADA', `readiness ${TARGET}`));
    await handle(request);
    await handle(request);
    expect(checks).toMatchObject([
      { target: TARGET, occasion: 'asked', asker: { user: 'U0ADA' } },
      { target: TARGET, occasion: 'asked' },
    ]);
    const [first, second] = checks as { readonly id: string }[];
    expect(first?.id).toBe(second?.id);
    expect(JSON.stringify(checks)).not.toContain('hooks.slack.com');
    expect(answers).toEqual([]);
  });

  it('starts nothing for anyone else', async () => {
    const { handle, checks, answers } = openDesk({ access: ACCESS, targets: [TARGET] });
    await handle(handedOver(typed('U0EVE', `readiness ${TARGET}`)));
    expect(checks).toEqual([]);
    expect(wordsOf(answers[0]?.message.blocks as never)).toContain('You may not touch');
  });
});

describe('the end of a check', () => {
  it('is shown to the person who asked: score, findings and cures', async () => {
    const { handle, answers } = openDesk();
    expect(await handle(checkEnd(kept))).toBe('answered');
    expect(answers.map(({ url }) => url)).toEqual(['https://hooks.slack.com/commands/1']);
    const words = wordsOf(answers[0]?.message.blocks as never);
    expect(words).toContain(`A rollback of \`${TARGET}\` would not work`);
    expect(words).toContain('Score 40 of 100 (worse than before)');
    expect(words).toContain('Image v1 is gone. Push it.');
  });

  it('shows as many findings as Slack accepts', async () => {
    const shown = async (count: number, says: string, cure = says) => {
      const { handle, answers } = openDesk();
      await handle(
        checkEnd({ ...kept, findings: Array.from({ length: count }, () => ({ ...finding, says, cure })) }),
      );
      const blocks = answers[0]?.message.blocks ?? [];
      expect([areBlocks(blocks), areTooLong(blocks)]).toEqual([true, false]);
      return wordsOf(blocks as never);
    };
    expect(await shown(12, 'It is gone.')).not.toContain('more');
    expect(await shown(14, 'It is gone.')).toContain('and 2 more');
    expect(await shown(14, '&'.repeat(400))).toMatch(/and 1\d more/);
    expect(await shown(0, '')).toContain('Nothing was found.');
  });

  it('shows the last check where the execution failed', async () => {
    const failed = `\`${TARGET}\` could not be checked now: Failed: The target could not be checked`;
    for (const [last, wanted] of [
      [null, [failed]],
      [kept, [failed, 'This is the last check.', 'Push it.']],
    ] as const) {
      const { handle, answers } = openDesk({ kept: last });
      await handle(checkEnd());
      for (const one of wanted) expect(wordsOf(answers[0]?.message.blocks as never)).toContain(one);
    }
  });

  it('is ignored where no person waits in Slack', async () => {
    const { handle, answers } = openDesk();
    expect(await handle(checkEnd(kept, { asker: undefined }))).toBe('ignored');
    expect(answers).toEqual([]);
  });
});
