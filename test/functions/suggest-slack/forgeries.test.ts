import '../../paths/silence-logs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestSlack } from '../../../functions/suggest-slack/suggest-slack.ts';
import { Options } from '../../../local/slack/view-shape.ts';
import { Secret } from '../../../src/aws/secret.ts';
import { mayTouch } from '../../../src/slack/access.ts';
import { keyOf } from '../../../src/slack/form.ts';
import {
  asEvent,
  command,
  forgedOf,
  genuineOf,
  NOW,
  press,
  SECRET,
  sign,
  submission,
  suggestion,
  suggestionOf,
} from '../on-slack/slack-requests.ts';

const RUNS = 1_000;
const RULE =
  'elb:arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee';
const TARGETS = ['asg:web-fleet', 'ecs:prod/checkout', 'ecs:prod/search', 'ecs:secret/payroll', RULE];
const ACCESS = [{ targets: ['ecs:prod/*', 'asg:*', 'elb:*'], users: ['U0ADA'] }];

function tables(targets: readonly string[] = TARGETS) {
  const seen = new Set<string>();
  let looked = 0;
  const handler = suggestSlack(() =>
    Promise.resolve({
      secret: new Secret(SECRET, 'signing-secret'),
      may: (user, target) => mayTouch(ACCESS, user, target, () => Promise.resolve([])),
      targets: () => {
        looked++;
        return Promise.resolve({ targets, unread: false });
      },
      nonces: {
        isNew: (word) => {
          const isNew = !seen.has(word);
          seen.add(word);
          return Promise.resolve(isNew);
        },
      },
      now: () => new Date(NOW * 1000).toISOString(),
    }),
  );
  return { handler, looked: () => looked };
}

async function suggested(
  user: string,
  typed: string,
  targets?: readonly string[],
): Promise<readonly string[]> {
  const { statusCode, body = '' } = await tables(targets).handler(
    asEvent(sign(String(NOW), suggestionOf(user, typed))),
  );
  expect(statusCode).toBe(200);
  return Options.parse(JSON.parse(body)).options.map(({ value }) => value);
}

describe('requests for options that claim to come from Slack', () => {
  it('are answered once each if they are genuine', async () => {
    await fc.assert(
      fc.asyncProperty(genuineOf(suggestion), async (sent) => {
        const { handler } = tables();
        expect((await handler(asEvent(sent))).statusCode).toBe(200);
        const replayed = await handler(asEvent(sent, { 'x-slack-retry-num': '1' }));
        expect([replayed.statusCode, replayed.body]).toEqual([409, undefined]);
      }),
      { numRuns: RUNS },
    );
  });

  it('get no answer and cause no look-up if they are forged or stale', async () => {
    const { handler, looked } = tables();
    await fc.assert(
      fc.asyncProperty(forgedOf(suggestion), async (sent) => {
        const { statusCode, body } = await handler(asEvent(sent));
        expect([statusCode, body, looked()]).toEqual([401, undefined, 0]);
      }),
      { numRuns: RUNS },
    );
  });

  it('are refused if they are another request', async () => {
    const { handler, looked } = tables();
    const others = suggestion.map((body) =>
      body.replace('action_id%22%3A%22target', 'action_id%22%3A%22other'),
    );
    await fc.assert(
      fc.asyncProperty(genuineOf(fc.oneof(command, press, submission, others)), async (sent) => {
        expect([(await handler(asEvent(sent))).statusCode, looked()]).toEqual([400, 0]);
      }),
      { numRuns: 200 },
    );
  });

  it('are not answered before Slack is set up', async () => {
    const handler = suggestSlack(() => Promise.resolve(null));
    const sent = sign(String(NOW), suggestionOf('U0ADA', ''));
    expect(await handler(asEvent(sent))).toEqual({ statusCode: 503 });
  });
});

describe('the options', () => {
  it('are none for a user without a rule, for any text', async () => {
    const stranger = fc.stringMatching(/^U[A-Z0-9]{5,8}$/).filter((one) => one !== 'U0ADA');
    const typed = fc.oneof(fc.constantFrom('', ...TARGETS), fc.string({ maxLength: 20 }));
    await fc.assert(
      fc.asyncProperty(stranger, typed, async (user, text) => {
        expect(await suggested(user, text)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['', ['asg:web-fleet', 'ecs:prod/checkout', 'ecs:prod/search', keyOf(RULE)]],
    ['PROD', ['ecs:prod/checkout', 'ecs:prod/search']],
    ['ecs: check', ['ecs:prod/checkout']],
    ['ecs:prod/chekout', ['ecs:prod/checkout']],
    ['payroll', []],
    ['nothing like it at all', []],
  ])('match %j', async (typed, expected) => {
    expect(await suggested('U0ADA', typed)).toEqual(expected);
  });

  it('keep Slack’s limits: a hundred at most, with short texts that are still distinct', async () => {
    const many = Array.from({ length: 150 }, (_, i) => `${RULE.slice(0, -3)}${String(i).padStart(3, '0')}`);
    const { body = '' } = await tables(many).handler(asEvent(sign(String(NOW), suggestionOf('U0ADA', ''))));
    const { options } = Options.parse(JSON.parse(body));
    expect([options.length, new Set(options.map(({ text }) => text.text)).size]).toEqual([100, 100]);
  });
});
