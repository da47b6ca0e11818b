import '../../paths/silence-logs.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUTTON } from '../../../src/slack/buttons.ts';
import {
  ANOTHER_PLAN,
  ASKED_AT,
  EXECUTION,
  handedOver,
  openDesk,
  PLAN,
  pressed,
  question,
  TARGET,
  typed,
} from './desk.ts';

const RUNS = 500;
const user = fc.stringMatching(/^U[A-Z0-9]{5,8}$/);
const ACCESS = [{ targets: ['ecs:prod/*'], users: ['U0ADA'], groups: ['S0TEAM'] }];
const members = { S0TEAM: ['U0BEN'] };
const stranger = user.filter((one) => one !== 'U0ADA' && one !== 'U0BEN');
const trusted = fc.constantFrom('U0ADA', 'U0BEN');
const answer = { target: TARGET, execution: EXECUTION, plan: PLAN };
const confirm = (by: string) => ({ target: TARGET, plan: PLAN, reason: 'it hurts', user: by });
const either = fc.constantFrom(BUTTON.approve, BUTTON.deny);

describe('the access rules', () => {
  it('allow nothing without a rule', async () => {
    const wish = fc.constantFrom(
      ...(['approve', 'deny'] as const).map((name) => (by: string) => pressed(by, BUTTON[name], answer)),
      (by: string) => pressed(by, BUTTON.confirm, confirm(by)),
      ...['', 'freeze ', 'unfreeze '].map((verb) => (by: string) => typed(by, verb + TARGET)),
    );
    await fc.assert(
      fc.asyncProperty(stranger, wish, async (by, body) => {
        const { handle, done, answers } = openDesk({ access: ACCESS, members });
        expect(await handle(handedOver(body(by)))).toBe('answered');
        expect(done()).toEqual([]);
        expect(answers).toHaveLength(1);
      }),
      { numRuns: RUNS },
    );
  });

  it('allow it for users in a rule or a group, and the answer names the user', async () => {
    await fc.assert(
      fc.asyncProperty(trusted, either, async (by, button) => {
        const { handle, replies } = openDesk({ access: ACCESS, members });
        await handle(handedOver(pressed(by, button, answer)));
        const is = button === BUTTON.approve ? 'approved' : 'denied';
        expect(replies).toMatchObject([{ token: 'token', answer: is, by: `slack:${by}`, plan: PLAN }]);
      }),
      { numRuns: RUNS },
    );
  });

  it('start the confirmed rollback, bound to its plan, once for two presses', async () => {
    await fc.assert(
      fc.asyncProperty(trusted, async (by) => {
        const { handle, starter } = openDesk({ access: ACCESS, members });
        const body = handedOver(pressed(by, BUTTON.confirm, confirm(by)));
        await handle(body);
        await handle(body);
        expect(starter.started).toMatchObject([
          { target: TARGET, reason: 'it hurts', trigger: { by: `slack:${by}`, plan: PLAN } },
        ]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('an allowed user is refused', () => {
  it('approving their own request if it needs two people', async () => {
    await fc.assert(
      fc.asyncProperty(trusted, async (by) => {
        const own = {
          ...question,
          askedBy: `slack:${by}`,
          about: { ...question.about, approvals: 2 },
        } as const;
        const { handle, done } = openDesk({ access: ACCESS, members, question: own });
        await handle(handedOver(pressed(by, BUTTON.approve, answer)));
        expect(done()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('answering for a plan other than that of the question', async () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$/).filter((one) => one !== PLAN);
    await fc.assert(
      fc.asyncProperty(
        trusted,
        either,
        fc.oneof(fc.constant(ANOTHER_PLAN), hash),
        async (by, button, plan) => {
          const { handle, done } = openDesk({ access: ACCESS, members });
          await handle(handedOver(pressed(by, button, { ...answer, plan })));
          expect(done()).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('answering for an earlier question about the same plan', async () => {
    const earlier = { ...answer, askedAt: '2026-11-22T02:50:00.000Z' };
    await fc.assert(
      fc.asyncProperty(trusted, either, async (by, button) => {
        const { handle, done, answers } = openDesk({ access: ACCESS, members });
        await handle(handedOver(pressed(by, button, earlier)));
        expect(done()).toEqual([]);
        expect(answers[0]?.message.text).toContain('Answer the newer question');
        await handle(handedOver(pressed(by, button, { ...answer, askedAt: ASKED_AT })));
        expect(done()).toHaveLength(1);
      }),
      { numRuns: RUNS },
    );
  });

  it('answering while another trigger makes it judge again', async () => {
    const { handle, done, answers } = openDesk({ access: ACCESS, members, isLate: true });
    await handle(handedOver(pressed('U0ADA', BUTTON.approve, answer)));
    expect(done()).toEqual([]);
    expect(answers[0]?.message.text).toContain('another trigger came and it is being judged again');
  });

  it('answering a closed question, or a question of another execution or target', async () => {
    const wrong = fc.constantFrom(
      { ...answer, execution: `${EXECUTION}2` },
      { ...answer, target: 'ecs:prod/other' },
      { ...answer, more: 1 },
      { ...answer, plan: PLAN.toUpperCase() },
      {},
      null,
    );
    await fc.assert(
      fc.asyncProperty(trusted, either, wrong, async (by, button, value) => {
        const { handle, done } = openDesk({ access: ACCESS, members });
        await handle(handedOver(pressed(by, button, value)));
        expect(done()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('confirming the plan of another person', async () => {
    const { handle, done } = openDesk({ access: ACCESS, members });
    await handle(handedOver(pressed('U0BEN', BUTTON.confirm, confirm('U0ADA'))));
    expect(done()).toEqual([]);
  });
});

describe('events that only look like a request from Slack', () => {
  const body = pressed('U0ADA', BUTTON.approve, answer);

  it('with another source, detail type or signature do nothing', async () => {
    const genuine = handedOver(body) as Record<string, unknown>;
    const lookAlike = fc.oneof(
      fc
        .string()
        .filter((one) => one !== 'lastgood.slack')
        .map((source) => ({ ...genuine, source })),
      fc.string().map((type) => ({ ...genuine, 'detail-type': type })),
      fc.string({ maxLength: 40 }).map((secret) => handedOver(body, secret)),
      fc.integer({ min: 7201, max: 1e8 }).map((age) => handedOver(body, undefined, age)),
      fc.json().map((detail) => ({ ...genuine, detail: JSON.parse(detail) as unknown })),
      fc.json().map((event) => JSON.parse(event) as unknown),
    );
    await fc.assert(
      fc.asyncProperty(lookAlike, async (event) => {
        const { handle, done } = openDesk({ access: ACCESS, members });
        expect(['ignored', 'refused']).toContain(await handle(event));
        expect(done()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

it.each([
  [2 * 3600, 'answered'],
  [2 * 3600 + 1, 'refused'],
])('a request that was handed over %i seconds ago is %s', async (age, is) => {
  const { handle } = openDesk({ access: ACCESS, members });
  const body = pressed('U0ADA', BUTTON.approve, answer);
  expect(await handle(handedOver(body, undefined, age))).toBe(is);
});
