import { expect, it } from 'vitest';
import { createSendProbes } from '../../../functions/lookout/probes.ts';
import { NoAnswer, type Ask } from '../../../src/lambda/ask.ts';
import { createProbe } from '../../../src/lambda/probe.ts';
import { sides } from '../../src/lookout/followed.ts';

const SHOP = 'https://shop.example/';
const tags = (probe: string) => ({ ...sides().tags, 'lastgood:probe': probe });

/** Answers each GET by the path of its URL. */
function setUp() {
  const asked: string[] = [];
  const ask: Ask = (url) => {
    asked.push(String(url));
    switch (url.pathname) {
      case '/late':
        return Promise.reject(new NoAnswer('no answer came in time'));
      case '/refused':
        return Promise.reject(new NoAnswer('ECONNREFUSED'));
      case '/error':
        return Promise.resolve({ response: new Response('', { status: 503 }), seconds: 0.1 });
      case '/slow':
        return Promise.resolve({ response: new Response(''), seconds: 2 });
      default:
        return Promise.resolve({ response: new Response(''), seconds: 0.1 });
    }
  };
  return { asked, send: createSendProbes(createProbe(ask)) };
}

it('sends a handful to the URLs of the tag in turn', async () => {
  const { asked, send } = setUp();
  const answer = await send(sides({ tags: tags(`${SHOP}a ${SHOP}b`) }), null);
  expect(answer).toEqual([{ through: 'users', sent: 5, failed: 0, slow: 0, seconds: 0.1 }]);
  expect(new Set(asked)).toEqual(new Set([`${SHOP}a`, `${SHOP}b`]));
});

it.each([
  ['error', 5, 5],
  ['late', 5, 5],
  // Perhaps this function's own network has failed: it says nothing about the target.
  ['refused', 0, 0],
])('counts an answer of /%s', async (path, sent, failed) => {
  const [answer] = await setUp().send(sides({ tags: tags(`${SHOP}${path}`) }), null);
  expect(answer).toMatchObject({ sent, failed, seconds: null });
});

it('counts as slow what took far longer than before, if that is known', async () => {
  const slowly = async (usual: number | null) => {
    const [answer] = await setUp().send(sides({ tags: tags(`${SHOP}slow`) }), usual);
    return answer?.slow;
  };
  expect([await slowly(0.1), await slowly(1.9), await slowly(null)]).toEqual([5, 0, 0]);
});

it('sends to a test listener too, and nothing without URLs', async () => {
  const both = sides({ tags: tags(SHOP), testProbes: [`${SHOP}error`] });
  expect(await setUp().send(both, null)).toMatchObject([
    { through: 'users', failed: 0 },
    { through: 'newer', failed: 5 },
  ]);
  expect(await setUp().send(sides(), null)).toEqual([]);
});
