import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';
import { wanted } from '../../../contract/walk.ts';
import { ecrImage, stage, TARGET } from './stage.ts';

type Stage = ReturnType<typeof stage>;

const text = (part: string | RegExp): string => expect.stringMatching(part) as string;

/** Returns an alarm whose first breaching datapoint is the minute after an instant. */
function alarmFrom(at: string): Partial<Request> {
  const onset = { at, until: after(at, 60) };
  return { trigger: { type: 'alarm', id: '1', at: after(at, 120), alarm: 'checkout-errors', onset } };
}

/** Proves good releases, and deploys `checkout:9`, which is bad from its end on. A test continues after that. */
function hurting(...good: readonly number[]): Stage & { readonly judged: () => Promise<Plan> } {
  return hurtingOn(stage(), good, (ecs, release) => ecs.deployed(`checkout:${release}`));
}

function hurtingOn(
  staged: Stage,
  good: readonly number[],
  deployed: (ecs: Stage['ecs'], release: number) => string,
): Stage & { readonly judged: () => Promise<Plan> } {
  for (const release of good) staged.ledger.prove(deployed(staged.ecs, release));
  deployed(staged.ecs, 9);
  const since = staged.ecs.now();
  staged.ecs.pass(120);
  return { ...staged, judged: () => staged.plan(alarmFrom(since)) };
}

describe.each([[[1]], [[1, 2]]])('after %j were proven', (good) => {
  const newest = `checkout:${good.at(-1)!}`;

  it('a way back that an operator took leaves nothing to do', async () => {
    const { ecs, judged } = hurting(...good);
    ecs.deploy(newest);
    expect(await judged()).toMatchObject({
      state: 'nothing-to-do',
      reason: `${newest} is being brought back already: it replaces checkout:9`,
    });
    ecs.succeed();
    expect(await judged()).toMatchObject({
      state: 'nothing-to-do',
      reason: `${newest} is back already: it replaced checkout:9`,
    });
  });

  it('a rollback from a later fix goes only to a revision from before the suspect', async () => {
    const staged = stage();
    const { ecs, registry } = staged;
    // Each release has an image of its own, so no task definition is needed to tell them apart.
    const deployed = (_: unknown, release: number) => {
      registry.push('checkout', `v${release}`, `sha256:${release}`);
      return ecs.deployed(`checkout:${release}`, {}, [ecrImage(`v${release}`, `sha256:${release}`)]);
    };
    const { judged } = hurtingOn(staged, good, deployed);
    const suspect = ecs.newest.revision;
    ecs.taskTags.set('checkout:9', { 'lastgood:irreversible': 'schema 7' });
    deployed(ecs, 10);
    expect(await judged()).toMatchObject({
      state: 'ready',
      from: { name: 'checkout:10' },
      suspect: { id: suspect, name: 'checkout:9' },
      to: { name: newest },
      fromTags: { 'lastgood:irreversible': 'schema 7' },
      notes: [text(/checkout:9 ran when the harm began; checkout:10 was deployed since/)],
    });
  });

  it('a rollback from a later release of the same image asks, because not all was compared', async () => {
    const { ecs, judged } = hurting(...good);
    ecs.deployed('checkout:10');
    expect(await judged()).toMatchObject({
      suspect: { name: 'checkout:9' },
      to: { name: newest },
      doubt: text(/^checkout:9 may be tagged as not reversible/),
    });
  });

  it('the suspect is the revision that ran at the onset, without a note if it is the newest', async () => {
    const { ecs, judged } = hurting(...good);
    const plan = await judged();
    expect(plan).toMatchObject({
      state: 'ready',
      from: { id: ecs.newest.revision },
      to: { name: newest },
      notes: [],
    });
    expect(plan).not.toHaveProperty('suspect');
  });
});

it('the replacement of the suspect may be the fix: if nothing can be put back, the plan names the suspect', async () => {
  const { ecs, judged } = hurting(1);
  ecs.inactive.add('checkout:1');
  ecs.deployed('checkout:10');
  expect(await judged()).toMatchObject({
    state: 'no-way-back',
    suspect: { name: 'checkout:9' },
    reason: text(/^checkout:10 replaced checkout:9, .* could be put back: passed over checkout:1/),
  });
  ecs.deploy('checkout:11');
  ecs.fail();
  const plan = await judged();
  expect(plan).toMatchObject({ state: 'no-way-back' });
  expect(plan).not.toHaveProperty('suspect');
});

describe('a plan never goes back', () => {
  it('to a fix that was proven since, nor to the suspect under another name', async () => {
    const { ecs, ledger, judged } = hurting(1);
    ledger.prove(ecs.deployed('checkout:10'));
    ecs.settings.set('checkout:11', 'checkout:9');
    ledger.prove(ecs.deployed('checkout:11'));
    ecs.deployed('checkout:12');
    expect(await judged()).toMatchObject({ from: { name: 'checkout:12' }, to: { name: 'checkout:1' } });
  });

  describe('to condemned content that was registered again', () => {
    async function registeredAgain(isKept: boolean) {
      const staged = stage();
      const { ecs, ledger, plan } = staged;
      const good = ecs.deployed('checkout:1');
      const bad = ecs.deployed('checkout:2');
      const content = (await plan()).deployment?.content;
      ledger.condemn(bad, undefined, isKept ? content : undefined);
      ecs.settings.set('checkout:3', 'checkout:2');
      ecs.deployed('checkout:3');
      return { ...staged, good, bad };
    }

    it('while it runs', async () => {
      const { plan, bad, good } = await registeredAgain(true);
      const made = await plan();
      expect(made).toMatchObject({ from: { id: bad, name: 'checkout:3' }, to: { id: good } });
      expect(made).not.toHaveProperty('doubt');
    });

    it('after it ran', async () => {
      const { ecs, plan, good } = await registeredAgain(true);
      ecs.deployed('checkout:4');
      expect(await plan()).toMatchObject({ to: { id: good } });
    });

    it.each([[() => undefined], [(ecs: Stage['ecs']) => void ecs.deployed('checkout:4')]])(
      'without a person, where the ledger kept no content of it',
      async (then) => {
        const { ecs, plan } = await registeredAgain(false);
        then(ecs);
        expect(await plan()).toMatchObject({
          doubt: text(/^checkout:[13] may deploy the same as checkout:2, which was at fault/),
        });
      },
    );
  });

  it('except to a requested revision', async () => {
    const { ecs, plan } = hurting(1);
    const fix = ecs.deployed('checkout:10');
    ecs.deployed('checkout:11');
    expect(await plan({ revision: fix })).toMatchObject({ to: { id: fix }, source: 'request' });
  });
});

describe('the way back of an operator', () => {
  it('is recognised by its content, whatever its name', async () => {
    const { ecs, judged } = hurting(1);
    ecs.settings.set('checkout:10', 'checkout:1');
    ecs.deployed('checkout:10');
    expect(await judged()).toMatchObject({
      state: 'nothing-to-do',
      reason: text('checkout:10, which is checkout:1 under another name, is back already'),
    });
  });

  it('does not count if it failed', async () => {
    const { ecs, judged } = hurting(1);
    ecs.deploy('checkout:1');
    ecs.fail();
    expect(await judged()).toMatchObject({
      state: 'no-way-back',
      reason: text('has the task definition and settings of the revision at fault'),
    });
  });

  it('to an older release than the newest proven is one too', async () => {
    const { ecs, judged } = hurting(1, 2);
    ecs.deployed('checkout:1');
    expect(await judged()).toMatchObject({
      state: 'nothing-to-do',
      reason: 'checkout:1 is back already: it replaced checkout:9',
    });
  });
});

describe('a restart', () => {
  it('of a proven revision is nothing to go back from, whatever failed', async () => {
    const { ecs, ledger, plan } = stage();
    ecs.deployed('checkout:1');
    ledger.prove(ecs.deployed('checkout:2'));
    ecs.deployed('checkout:2');
    expect(await plan(alarmFrom(ecs.now()))).toMatchObject({
      state: 'nothing-to-do',
      reason: text('checkout:2 was only deployed again over itself'),
    });
    ecs.deploy('checkout:2');
    ecs.fail();
    const trigger = { type: 'deployment' as const, id: '1', at: ecs.now(), deployment: 'ecs-svc/4' };
    expect(await plan({ trigger })).toMatchObject({ state: 'nothing-to-do' });
  });

  it('of a release that is not proven says nothing for that', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:1');
    ecs.deployed('checkout:2');
    ecs.deployed('checkout:2');
    expect(await plan(alarmFrom(ecs.now()))).toMatchObject({ state: 'ready', to: { id: good } });
  });

  it('of the suspect, in the hope that it helps, is no fix', async () => {
    const { ecs, judged } = hurting(1);
    ecs.deployed('checkout:9');
    const plan = await judged();
    expect(plan).toMatchObject({
      state: 'ready',
      from: { id: ecs.newest.revision },
      to: { name: 'checkout:1' },
    });
    expect(plan).not.toHaveProperty('suspect');
  });

  it('may be followed by a requested rollback', async () => {
    const { ecs, ledger, plan } = stage();
    const older = ecs.deployed('checkout:1');
    ledger.prove(ecs.deployed('checkout:2'));
    ecs.deployed('checkout:2');
    expect(await plan()).toMatchObject({ state: 'ready', to: { id: older } });
  });
});

describe('the suspect', () => {
  it('is the deployment that AWS names, by the number of its revision', async () => {
    const { ecs, ledger, plan } = stage();
    ledger.prove(ecs.deployed('checkout:1'));
    ecs.deploy('checkout:2');
    ecs.fail();
    const number = ecs.newest.revision.split('/').at(-1);
    const failed = { type: 'deployment' as const, id: '1', at: ecs.now(), deployment: `ecs-svc/${number}` };
    ecs.deployed('checkout:1');
    expect(await plan({ trigger: failed })).toMatchObject({
      state: 'nothing-to-do',
      reason: text('checkout:1 is back already: it replaced checkout:2'),
    });
    const unknown = { ...failed, deployment: 'ecs-svc/77' };
    expect(await plan({ trigger: unknown })).not.toMatchObject({ suspect: expect.anything() as object });
  });

  it('is the one that an earlier look of the judge found', async () => {
    const { ecs, mechanism, judged } = hurting(1);
    ecs.deployed('checkout:10');
    ecs.pass(600);
    const { trigger } = alarmFrom(ecs.now());
    const since = { at: ecs.lines[1]!.finishedAt!, until: after(ecs.lines[1]!.finishedAt!, 60) };
    const document = { ...wanted(TARGET, { trigger }), verdict: { since } };
    expect(await mechanism.plan(document)).toMatchObject({ suspect: { name: 'checkout:9' } });
    expect(await judged()).toMatchObject({ suspect: { name: 'checkout:9' } });
    expect(await mechanism.plan(wanted(TARGET, { trigger }))).not.toHaveProperty('suspect');
  });
});
