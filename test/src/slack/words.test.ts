import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayTouch, readAccess } from '../../../src/slack/access.ts';
import { NO_REASON } from '../../../src/rollback/request.ts';
import { readAsked } from '../../../src/slack/asked.ts';
import { code, escape, person, sentence } from '../../../src/slack/escape.ts';
import { plot } from '../../../src/slack/messages/plot.ts';
import { wordsOf } from '../../../local/slack/channel.ts';

const KNOWN = ['ecs:prod/checkout', 'ecs:prod/cart', 'ecs:staging/checkout'];
const noMembers = () => Promise.resolve([]);

describe('escape', () => {
  it('leaves no control character of Slack in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        expect(escape(words)).toMatch(/\S/);
        expect(escape(words)).not.toMatch(/[<>`]|&(?!amp;|lt;|gt;)|[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  it('cuts a long text, with an ellipsis for the rest', () => {
    expect(escape('a'.repeat(600), 10)).toBe('aaaaaaaaa…');
  });

  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['a\u202eb\nc', 'a b c'],
    ['', '–'],
    [' \u200b\n', '–'],
    ['\u3164', '–'],
  ])('%j', (words, escaped) => {
    expect(escape(words)).toBe(escaped);
  });

  it('lets no name end its fixed-width text', () => {
    expect(code('a`*b*`')).toBe('`aˋ*b*ˋ`');
  });

  it.each([
    ['slack:U0ADA', '<@U0ADA>'],
    ['slack:<!here>', 'slack:&lt;!here&gt;'],
    ['ci', 'ci'],
  ])('names %s as %s', (by, shown) => {
    expect(person(by)).toBe(shown);
  });

  it.each([
    ['slack:U0ADA asked for it: <it> hurts.', '<@U0ADA> asked for it: &lt;it&gt; hurts.'],
    ['ci asked for it: slack:U0ADA wants it.', 'ci asked for it: slack:U0ADA wants it.'],
    ['slack:U0ADA', 'slack:U0ADA'],
  ])('mentions in %j only the person with whom it begins', (words, shown) => {
    expect(sentence(words)).toBe(shown);
  });
});

describe('readAsked', () => {
  it.each([
    ['', { verb: 'list' }],
    ['  status ', { verb: 'status' }],
    ['ecs:prod/checkout', { verb: 'plan', target: 'ecs:prod/checkout', reason: 'no reason was given' }],
    [
      'ecs:prod/checkout to arn:aws:x because it  hurts',
      { verb: 'plan', target: 'ecs:prod/checkout', revision: 'arn:aws:x', reason: 'it hurts' },
    ],
    [
      'ecs:prod/checkout To checkout:1',
      { verb: 'plan', target: 'ecs:prod/checkout', revision: 'checkout:1', reason: 'no reason was given' },
    ],
    [
      'ecs:prod/checkout TO checkout:1 Because it hurts',
      { verb: 'plan', target: 'ecs:prod/checkout', revision: 'checkout:1', reason: 'it hurts' },
    ],
    ['ecs:prod/checkout Because it hurts', { verb: 'plan', target: 'ecs:prod/checkout', reason: 'it hurts' }],
    ['Status', { verb: 'status' }],
    ['Unfreeze ecs:prod/cart', { verb: 'unfreeze', target: 'ecs:prod/cart' }],
    ['ecs:prod/unseen because x', { verb: 'plan', target: 'ecs:prod/unseen', reason: 'x' }],
    ['freeze ecs:prod/cart big sale', { verb: 'freeze', target: 'ecs:prod/cart', reason: 'big sale' }],
    ['unfreeze ecs:prod/cart', { verb: 'unfreeze', target: 'ecs:prod/cart' }],
    ['pause because the database moves', { verb: 'pause', reason: 'the database moves' }],
    ['Pause', { verb: 'pause', reason: NO_REASON }],
    ['resume', { verb: 'resume' }],
  ])('%j', (text, asked) => {
    expect(readAsked(text, KNOWN, '2026-11-22T03:00:00.000Z')).toEqual(asked);
  });

  it.each([
    ['stauts', 'status'],
    ['ecs:prod/chekout because x', 'ecs:prod/checkout because x'],
    ['freeze ecs:prod/crt', 'freeze ecs:prod/cart'],
    ['unfreeze', 'unfreeze ecs:prod/cart'],
    ['cart', 'ecs:prod/cart'],
    ['ecs:prod/cart it hurts', 'ecs:prod/cart because it hurts'],
    ['ecs:prod/cart it went to hell', 'ecs:prod/cart because it went to hell'],
    ['ecs:prod/cart back to cart:1', 'ecs:prod/cart to cart:1'],
    ['ecs:prod/cart roll back to the release cart:1 because x', 'ecs:prod/cart to cart:1 because x'],
    ['ecs:prod/cart to version cart:1', 'ecs:prod/cart to cart:1'],
    ['ecs:prod/cart cart:1', 'ecs:prod/cart to cart:1'],
    ['ecs:prod/cart back to cart:1 it hurts', 'ecs:prod/cart to cart:1 because it hurts'],
    ['ecs:prod/cart to cart:1 (urgent)', 'ecs:prod/cart to cart:1 because (urgent)'],
    ['rollback ecs:prod/cart to cart:1', 'ecs:prod/cart to cart:1'],
    ['pause 2h because x', 'pause because x'],
    ['pause until tomorrow', 'pause'],
  ])('suggests for %j', (text, suggestion) => {
    const asked = readAsked(text, KNOWN, '2026-11-22T03:00:00.000Z');
    expect(asked).toMatchObject({ verb: 'unclear' });
    expect('suggestions' in asked && asked.suggestions).toContain(suggestion);
  });

  it('asks for the target that a verb needs', () => {
    expect(readAsked('freeze', KNOWN, '2026-11-22T03:00:00.000Z')).toMatchObject({
      problem: 'After "freeze" comes a target.',
    });
  });

  it('never offers the words after "to" as a reason', () => {
    for (const words of ['to', 'To:', '->'])
      expect(readAsked(`ecs:prod/cart ${words}`, KNOWN, '2026-11-22T03:00:00.000Z')).toMatchObject({
        verb: 'unclear',
        suggestions: [],
      });
  });

  it.each([
    ['ecs:prod/cart', 'to: cart:1, because: x', 'cart:1'],
    ['ecs:prod/cart', 'to `cart:1` because x', 'cart:1'],
    ['ecs:prod/cart', 'to “cart:1” because x', 'cart:1'],
    ['codedeploy:cart/blue', 'to v2.zip (9a8b7c6d) because x', 'v2.zip (9a8b7c6d)'],
    ['codedeploy:cart/blue', 'to s3://b/v2.zip?type=zip because x', 's3://b/v2.zip?type=zip'],
    ['route53:Z1/shop/A', 'to 90 % blue and 10 % green because x', '90 % blue and 10 % green'],
    [
      'route53:Z1/shop/A',
      'to blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z because x',
      'blue=255@1f0c22ab green=0 since 2026-11-22T03:04:00.000Z',
    ],
  ])('takes the revision of %s %j as Lastgood shows it', (target, text, revision) => {
    const asked = readAsked(`${target} ${text}`, [target], '2026-11-22T03:00:00.000Z');
    expect(asked).toEqual({ verb: 'plan', target, revision, reason: 'x' });
  });

  it.each([
    ['2 hours 30 minutes because x', '2026-11-22T05:30:00.000Z', 'x'],
    ['for 2 hours', '2026-11-22T05:00:00.000Z', NO_REASON],
    ['2h because of the sale', '2026-11-22T05:00:00.000Z', 'of the sale'],
    ['90M', '2026-11-22T04:30:00.000Z', NO_REASON],
    ['3d big sale', '2026-11-25T03:00:00.000Z', 'big sale'],
    ['until 2026-11-22T07:00:00+01:00 because x', '2026-11-22T06:00:00.000Z', 'x'],
    ['Until 2026-11-22T06:00Z', '2026-11-22T06:00:00.000Z', NO_REASON],
    ['2026-11-22T06:00Z because x', '2026-11-22T06:00:00.000Z', 'x'],
    ['until 2h because x', '2026-11-22T05:00:00.000Z', 'x'],
    ['for 2h because x', '2026-11-22T05:00:00.000Z', 'x'],
  ])('takes the end of a freeze: %j', (text, until, reason) => {
    const asked = readAsked(`freeze ecs:prod/cart ${text}`, KNOWN, '2026-11-22T03:00:00.000Z');
    expect(asked).toEqual({ verb: 'freeze', target: 'ecs:prod/cart', reason, until });
  });

  it.each(['until tomorrow', 'until', 'until 2026-11-22T03:00:00Z', '0m', '30', '2x load'])(
    'takes no freeze that ends %j for one without an end',
    (text) => {
      const asked = readAsked(`freeze ecs:prod/cart ${text} because x`, KNOWN, '2026-11-22T03:00:00.000Z');
      expect(asked).toMatchObject({ verb: 'unclear' });
    },
  );

  it('takes a reason that begins with "for"', () => {
    const asked = readAsked('freeze ecs:prod/cart for the sale', KNOWN, '2026-11-22T03:00:00.000Z');
    expect(asked).toEqual({ verb: 'freeze', target: 'ecs:prod/cart', reason: 'for the sale' });
  });

  it('parses any text or says why not, and never acts on an invalid target', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const asked = readAsked(text, KNOWN, '2026-11-22T03:00:00.000Z');
        if ('target' in asked) expect(asked.target).toMatch(/^[a-z0-9]+:\S+$/);
      }),
    );
  });
});

describe('a word that would end a rollback', () => {
  it.each([
    ['stop ecs:prod/checkout', ['pause', 'freeze ecs:prod/checkout']],
    ['Cancel ecs:prod/chekout because x', ['pause', 'freeze ecs:prod/checkout']],
    ['abort ecs:other/one', ['pause', 'freeze ecs:other/one']],
    ['stop checkout-service-of-another-name', ['pause']],
    ['halt', ['pause']],
  ])('%s is answered with what ends or holds one', (text, suggestions) => {
    const [typed] = text.split(' ');
    expect(readAsked(text, KNOWN, '2026-11-22T03:00:00.000Z')).toEqual({
      verb: 'unclear',
      problem: expect.stringMatching(`^There is no verb ${typed}\\. Deny answers`) as string,
      suggestions,
    });
  });
});

describe('access', () => {
  const rules = '[{"targets": ["ecs:prod/*"], "users": ["U1"], "groups": ["S1"]}]';

  it.each([
    ['U1', 'ecs:prod/checkout', true],
    ['U1', 'ecs:production/checkout', false],
    ['U1', 'xecs:prod/checkout', false],
    ['U2', 'ecs:prod/checkout', false],
  ])('%s and %s: %s', async (user, target, may) => {
    expect(await mayTouch(readAccess(rules), user, target, noMembers)).toBe(may);
  });

  it('reads the group', async () => {
    const members = (group: string) => Promise.resolve(group === 'S1' ? ['U2'] : []);
    expect(await mayTouch(readAccess(rules), 'U2', 'ecs:prod/cart', members)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '{}',
    '[{"targets": "*", "users": ["U1"]}]',
    '[{"targets": ["*"], "user": ["U1"]}]',
    '[1]',
  ])('allows no user for %j', async (text) => {
    expect(await mayTouch(readAccess(text), 'U1', 'ecs:prod/cart', noMembers)).toBe(false);
  });

  it('reads no pattern as a regular expression', async () => {
    const all = readAccess('[{"targets": ["ecs:.+", "e|.*", "ecs:prod/a.b"], "users": ["U1"]}]');
    expect(await mayTouch(all, 'U1', 'ecs:prod/axb', noMembers)).toBe(false);
    expect(await mayTouch(all, 'U1', 'ecs:prod/a.b', noMembers)).toBe(true);
  });
});

describe('plot', () => {
  it('has one bar a value, from the least to the greatest', () => {
    const words = wordsOf(plot('errors', { values: [0, 50, 100], threshold: 5 }).blocks as never);
    expect(words).toContain('▁▅█');
    expect(words).toContain('0 to 100, threshold 5');
  });

  it('says so if there are no values', () => {
    expect(wordsOf(plot('errors', { values: [] }).blocks as never)).toContain('no values');
  });
});
