import { describe, expect, it } from 'vitest';
import type { Judgeable } from '../../../../src/rollback/document.ts';
import { broughtBy } from '../../../../src/rollback/storm/member.ts';
import { after } from '../../../../src/rollback/time.ts';
import { AT, ready, request } from '../documents.ts';

const image = { by: 'image', id: 'base', name: 'base:42' } as const;
const deployed = {
  ...{ id: 'd-1', revision: ready.from, state: 'completed' as const },
  startedAt: after(AT, -600),
};
const brought = (plan: object) => broughtBy({ request, plan } as unknown as Judgeable);

describe('what the deployment of a member brings', () => {
  it.each([
    ['its end', { finishedAt: after(AT, -300) }, after(AT, -300)],
    ['its start, where AWS keeps no end', {}, after(AT, -600)],
    ['now, where it is in flight', { state: 'in-flight' }, AT],
    ['now, where AWS rolls it back', { state: 'rolling-back' }, AT],
  ])('was deployed at %s', (_, more, deployedAt) => {
    const deployment = { ...deployed, ...more };
    expect(brought({ ...ready, deployment, deploys: [image] })).toEqual({ deploys: [image], deployedAt });
    expect(brought({ ...ready, deployment: undefined, recent: [deployment] })).toEqual({
      deploys: [],
      deployedAt,
    });
  });

  it('is nothing without a deployment, and where the plan goes nowhere', () => {
    expect(brought({ ...ready, deployment: undefined, deploys: undefined })).toEqual({ deploys: [] });
    const none = { state: 'no-way-back', at: AT, tags: {}, reason: 'None.', deployment: deployed };
    expect(brought(none)).toEqual({ deploys: [], deployedAt: after(AT, -600) });
  });
});
