import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { LambdaWorld } from '@lastgood/embedded-aws/test/world/lambda-world.ts';
import { readAliasNames } from '../../../../src/aws/alias-names.ts';
import type { Alarm } from '../../../../src/targets/alarms/alarm.ts';
import { aliasesWith, paced } from '../../../../src/targets/alarms/aliases.ts';
import { answerWithTags } from '../../../../src/targets/alarms/read-tags.ts';

const PLACE = 'arn:aws:lambda:eu-west-1:111122223333:function';
const CHECKOUT = `${PLACE}:checkout`;
const NOW = '2026-11-22T03:00:00.000Z';
const now = () => NOW;

const ALARM: Alarm = {
  name: 'checkout-errors',
  arn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-errors',
  at: NOW,
  timeField: 'detail.state.timestamp',
  previously: 'OK',
  onset: null,
  reason: 'Threshold Crossed',
  dimensions: [{ FunctionName: 'checkout' }],
  ...{ tags: null, forged: null, withheld: null },
};

/** Resolves an alarm among these aliases, where these resources opted in. */
async function resolve(
  aliases: Readonly<Record<string, readonly string[]>>,
  { dimensions = ALARM.dimensions, optedIn = Object.keys(aliases), tag = '' } = {},
) {
  const read: string[] = [];
  const resources = optedIn.map((name) => ({ arn: `${PLACE}:${name}`, tags: { lastgood: 'auto' } }));
  const aliasesOf = aliasesWith(
    () => Promise.resolve(resources),
    (name) => {
      read.push(name);
      return Promise.resolve(aliases[name] ?? []);
    },
    now,
  );
  const answer = await answerWithTags(
    { ...ALARM, dimensions },
    {
      tagsOf: () => Promise.resolve({}),
      balancerTags: (arns) =>
        Promise.resolve(
          arns.map((arn) => (arn === CHECKOUT && tag !== '' ? { 'lastgood:target': tag } : {})),
        ),
      aliasesOf,
    },
  );
  return { answer, read };
}

describe('an alarm on a whole function', () => {
  it.each([
    ['without a resource', { FunctionName: 'checkout' }],
    ['with the function as its resource', { FunctionName: 'checkout', Resource: 'checkout' }],
  ])('%s is about its only alias', async (_, dimensions) => {
    const { answer } = await resolve({ checkout: ['live'] }, { dimensions: [dimensions, dimensions] });
    expect(answer).toMatchObject({
      targets: ['lambda:checkout/live'],
      requests: [{ target: 'lambda:checkout/live' }],
      reason: expect.stringContaining('its metrics are about lambda:checkout/live') as string,
    });
  });

  it('is rejected where the function has several aliases, with their names and how to name one', async () => {
    const { answer } = await resolve({ checkout: ['beta', 'live'] });
    expect(answer).toEqual({
      kind: 'rejected',
      field: 'tag lastgood:target',
      problem:
        'must name one of lambda:checkout/beta and lambda:checkout/live: alarm checkout-errors watches them together. Or give its metrics the dimension of one, such as Resource = checkout:beta',
      isUnclear: true,
    });
  });

  it('is about what the tag of the function names, before any alias', async () => {
    const tag = 'codedeploy:shop/checkout';
    const { answer, read } = await resolve({ checkout: ['beta', 'live'] }, { tag });
    expect(answer).toMatchObject({ targets: [tag] });
    expect(read).toEqual([]);
  });

  it('asks about two functions that share it', async () => {
    const dimensions = [{ FunctionName: 'checkout' }, { FunctionName: 'cart' }];
    const { answer } = await resolve({ checkout: ['live'], cart: ['live'] }, { dimensions });
    expect(answer).toMatchObject({
      requests: [{ target: 'lambda:checkout/live', trigger: { among: ['lambda:cart/live'] } }],
    });
  });

  it.each([
    ['the function did not opt in', {}, { optedIn: [] }],
    ['the function has no alias', { checkout: [] }, {}],
    [
      'it is on one version',
      { checkout: ['live'] },
      { dimensions: [{ FunctionName: 'checkout', Resource: 'checkout:7' }] },
    ],
    ['it names no function', { checkout: ['live'] }, { dimensions: [{ FunctionName: 'a b' }] }],
    [
      'it is on something else',
      { checkout: ['live'] },
      { dimensions: [{ Service: 'svc-0a1b2c3d4e5f60718' }] },
    ],
  ])('names none if %s', async (_, aliases, more) => {
    expect((await resolve(aliases, more)).answer).toMatchObject({ targets: [], requests: [] });
  });

  it('reads no aliases of a function that did not opt in, and those of others once', async () => {
    const { read } = await resolve({ checkout: ['live'] }, { optedIn: [] });
    expect(read).toEqual([]);
    const again: string[] = [];
    const aliasesOf = aliasesWith(
      () => Promise.resolve([{ arn: CHECKOUT, tags: {} }]),
      (name) => Promise.resolve([`live${again.push(name)}`]),
      now,
    );
    const found = [await aliasesOf(CHECKOUT), await aliasesOf(CHECKOUT), await aliasesOf('arn:aws:s3:::x')];
    expect(found).toEqual([['lambda:checkout/live1'], ['lambda:checkout/live1'], []]);
  });
});

it('a minute reads as many functions as its share allows', async () => {
  let at = NOW;
  const names = paced(
    (name) => Promise.resolve([name]),
    { quota: 'lambda control plane', callsPerMinute: 1 },
    () => at,
  );
  expect(await names('checkout')).toEqual(['checkout']);
  await expect(names('cart')).rejects.toMatchObject({ name: 'Throttled' });
  at = '2026-11-22T03:01:00.000Z';
  expect(await names('cart')).toEqual(['cart']);
});

describe('the names of aliases', () => {
  const clientOf = (world: LambdaWorld) =>
    Object.assign(new LambdaClient({ region: 'eu-west-1' }), {
      send: (command: { readonly input: object }) =>
        Promise.resolve(world.call('ListAliases', command.input)),
    });

  it('are those of all pages', async () => {
    const world = new LambdaWorld();
    const pages = [
      { Aliases: [{ Name: 'beta' }, {}], NextMarker: 'more' },
      { Aliases: [{ Name: 'live' }] },
      {},
    ];
    const client = Object.assign(clientOf(world), { send: () => Promise.resolve(pages.shift()) });
    expect(await readAliasNames(client, 'checkout')).toEqual(['beta', 'live']);
    expect(await readAliasNames(clientOf(world), 'checkout')).toEqual(['live']);
  });

  it('are none if the function is gone', async () => {
    const gone = Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' });
    const failing = (error: Error) =>
      Object.assign(clientOf(new LambdaWorld()), { send: () => Promise.reject(error) });
    expect(await readAliasNames(failing(gone), 'checkout')).toEqual([]);
    await expect(readAliasNames(failing(new Error('other')), 'checkout')).rejects.toThrow('other');
  });
});
