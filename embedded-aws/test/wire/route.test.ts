import { describe, expect, it } from 'vitest';
import { routeOf } from '../../wire/route.ts';

/** Returns the labels of a request on a route, or null. */
function labels(uri: string, [method, sent]: readonly [string, string], wanted = 'GET') {
  const [path = '', query = ''] = sent.split('?');
  const found = routeOf(wanted, uri, 200).match(method, path, new URLSearchParams(query));
  return found === null ? null : Object.fromEntries(found);
}

describe('a route', () => {
  it.each([
    ['/functions/{Name}/invocations', ['GET', '/functions/f/invocations'], { Name: 'f' }],
    ['/functions/{Name}', ['GET', '/functions/arn%3Aaws%3A1%2Fx'], { Name: 'arn:aws:1/x' }],
    ['/functions/', ['GET', '/functions'], {}],
    ['/functions', ['GET', '/functions/'], {}],
    ['/tags/{Arn+}/all', ['GET', '/tags/a/b/c/all'], { Arn: 'a/b/c' }],
    ['/things?list=all', ['GET', '/things?list=all&more=1'], {}],
    ['/functions/{Name}', ['GET', '/functions/%zz'], { Name: '%zz' }],
  ] as const)('%s takes %j', (uri, sent, expected) => {
    expect(labels(uri, sent)).toEqual(expected);
  });

  it.each([
    ['/functions/{Name}', ['POST', '/functions/f']],
    ['/functions/{Name}', ['GET', '/functions']],
    ['/functions/{Name}', ['GET', '/functions/f/aliases']],
    ['/functions/{Name}/aliases', ['GET', '/functions/f/versions']],
    ['/tags/{Arn+}/all', ['GET', '/tags/all']],
    ['/things?list=all', ['GET', '/things']],
  ] as const)('%s leaves %j', (uri, sent) => {
    expect(labels(uri, sent)).toBeNull();
  });
});
