import { describe, expect, it } from 'vitest';
import { sayingLostConsent } from '../../../src/lambda/lost-consent.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import type { Tags } from '../../../src/rollback/plan.ts';

const DENIED = Object.assign(new Error('User: x is not authorized to perform: ecs:UpdateService'), {
  name: 'AccessDeniedException',
});

function planned(tags: Tags): Planned {
  return { request: { target: 'ecs:prod/checkout', reason: 'x' }, plan: { tags } } as unknown as Planned;
}

async function thrown(before: Tags, now: Tags | Error, error: Error = DENIED): Promise<unknown> {
  const reads: unknown[] = [];
  const tagsNow = () => {
    reads.push(now);
    return now instanceof Error ? Promise.reject(now) : Promise.resolve(now);
  };
  const found = await sayingLostConsent(planned(before), tagsNow, () => Promise.reject(error)).catch(
    (rejection: unknown) => rejection,
  );
  return { found, reads: reads.length };
}

describe('a denied write', () => {
  it.each([
    ['auto', {}, 'The tag lastgood=auto of ecs:prod/checkout was removed'],
    [
      'approve',
      { lastgood: 'observe' },
      'The tag lastgood=approve of ecs:prod/checkout was changed to observe',
    ],
  ])('of a target that was tagged %s and has now %j says so', async (lastgood, now, words) => {
    expect(await thrown({ lastgood }, now)).toMatchObject({
      reads: 1,
      found: {
        name: 'NotPermitted',
        message: expect.stringMatching(
          `^${words} after the plan was made.* AccessDeniedException: User`,
        ) as unknown,
      },
    });
  });

  it.each([
    ['still consents', { lastgood: 'auto' }, { lastgood: 'approve' }],
    ['never consented', {}, {}],
    ['cannot be read', { lastgood: 'auto' }, new Error('away')],
  ])('of a target that %s keeps the words of AWS', async (_, before, now) => {
    expect(await thrown(before, now)).toEqual({ found: DENIED, reads: 1 });
  });
});

it('another error reads no tags', async () => {
  const error = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  expect(await thrown({ lastgood: 'auto' }, {}, error)).toEqual({ found: error, reads: 0 });
});
