import { describe, expect, it } from 'vitest';
import { fits } from '../../../src/slack/messages/blocks.ts';
import { endOf } from '../../../src/slack/messages/end.ts';

const ADA = 'slack:U0ADA froze ecs:prod/checkout (sale), so a person decides.';
const QUOTED = 'The alarm says: look, slack:U0EVE did it.';

const saysOf = (reason: string, reasons: readonly string[]) =>
  endOf({
    ...{ version: '1', target: 'ecs:prod/checkout', execution: 'arn:one', outcome: 'skipped' },
    ...{ reason, advice: [], endedAt: '2026-11-22T03:00:00.000Z' },
    verdict: { verdict: 'observe', at: '2026-11-22T03:00:00.000Z', reasons: [...reasons] },
  });

describe('the end of a rollback that the judge decided', () => {
  it.each([
    [`Only observed. ${QUOTED} ${ADA}`, [QUOTED, ADA]],
    [`${ADA} ${QUOTED}`, [ADA, QUOTED]],
  ])('mentions in %j only the people with whom its sentences begin', (reason, reasons) => {
    const { text, blocks } = saysOf(reason, reasons);
    for (const said of [text, JSON.stringify(blocks)]) {
      expect(said).toContain('<@U0ADA> froze');
      expect(said).not.toContain('slack:U0ADA');
      expect(said).toContain('look, slack:U0EVE did it.');
      expect(said).not.toContain('<@U0EVE>');
    }
    expect(text.endsWith(reason.replace('slack:U0ADA', '<@U0ADA>'))).toBe(true);
  });

  it.each([
    ['Deployment 7 came, by slack:U0ADA.', [ADA]],
    ['AWS said: slack:U0ADA froze it.', []],
  ])('mentions no person in %j, which the judge did not say', (reason, reasons) => {
    expect(JSON.stringify(saysOf(reason, reasons))).not.toContain('<@');
  });

  it('is cut if it is too long for a message', () => {
    const long = Array.from({ length: 60 }, () => ADA);
    const said = JSON.stringify(saysOf(long.join(' '), long).blocks);
    expect(said.length).toBeLessThan(1700);
    expect(said).toContain('…');
  });
});

describe('an outcome', () => {
  const about = { version: '1', target: 'ecs:prod/checkout', execution: 'arn:one' } as const;
  const ended = { reason: 'It hurt.', advice: [], endedAt: '2026-11-22T03:00:00.000Z' };

  it('says only where it is clean that nothing was changed', () => {
    expect(endOf({ ...about, ...ended, outcome: 'failed-dirty' }).text).toBe(
      ':rotating_light: A person must look now: It hurt.',
    );
    expect(endOf({ ...about, ...ended, outcome: 'failed-clean' }).text).toBe(
      ':x: Could not go back, nothing was changed: It hurt.',
    );
  });
});

describe('the signs of health', () => {
  const about = { version: '1', target: 'ecs:prod/checkout', execution: 'arn:one' } as const;
  const ended = { reason: 'It was overtaken.', advice: [], endedAt: '2026-11-22T03:20:00.000Z' };
  const signs = [{ of: 'alarm a', state: 'healthy' as const, says: 'is OK' }];
  const saysAt = (times: object) =>
    JSON.stringify(endOf({ ...about, ...ended, outcome: 'failed-dirty', signs, times }).blocks);

  it('say when they were seen, which may be long before the end', () => {
    const said = saysAt({ lookedAt: '2026-11-22T03:05:00.000Z' });
    expect(said).toMatch(/Seen at <!date\^\d+\^\{time_secs\}\|03:05:00 UTC>\*\\n• alarm a: healthy, is OK/);
  });

  it('of a rollback of an earlier version stand without a time', () => {
    expect(saysAt({})).not.toContain('Seen at');
    expect(saysAt({})).toContain('• alarm a: healthy, is OK');
  });
});

describe('the likely cause', () => {
  const withCause = (triage: NonNullable<Parameters<typeof endOf>[0]['triage']>) =>
    endOf({
      ...{ version: '1', target: 'ecs:prod/checkout', execution: 'arn:one', outcome: 'rolled-back' },
      ...{
        reason: 'checkout:41 runs again.',
        advice: ['Deploy the fix.'],
        endedAt: '2026-11-22T03:00:00.000Z',
      },
      triage,
    });

  it('comes before the next steps, with the lines on which it rests', () => {
    const because = ['3 × checkout:42: exit code 1', '<!channel> `rm` failed'];
    const { blocks } = withCause({ cause: 'crash', says: 'Container app exits with code 1.', because });
    expect(blocks).toMatchObject([
      { text: { text: '*:white_check_mark: Rolled back*\ncheckout:41 runs again.' } },
      {
        text: {
          text: '*Likely cause: The application crashes*\nContainer app exits with code 1.\n>`3 × checkout:42: exit code 1`\n>`&lt;!channel&gt; ˋrmˋ failed`',
        },
      },
      { text: { text: '*Next*\n• Deploy the fix.' } },
    ]);
  });

  it('is left out where none is known', () => {
    const says = 'Nothing that was found names a cause.';
    expect(JSON.stringify(withCause({ cause: 'unknown', says, because: [] }))).not.toMatch(/cause/);
  });

  it('fits into a message with the longest evidence and the longest reason', () => {
    const because = Array.from({ length: 3 }, (_, index) => `${index} ${'<&>'.repeat(200)}`);
    const { blocks } = withCause({ cause: 'crash', says: 'x'.repeat(400), because });
    expect(fits({ blocks })).toBe(true);
  });
});
