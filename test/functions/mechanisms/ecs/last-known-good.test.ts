import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecrImage, stage } from './stage.ts';

describe('last known good', () => {
  it('is the newest proven revision, also when a newer one succeeded', async () => {
    const { ecs, ledger, plan } = stage();
    const proven = ecs.deployed('checkout:40');
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ledger.prove(proven);
    expect(await plan()).toMatchObject({
      state: 'ready',
      source: 'ledger',
      to: { id: proven, name: 'checkout:40' },
    });
  });

  it('is the newest deployment that succeeded before, while the ledger knows nothing', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:40');
    const good = ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    expect(await plan()).toMatchObject({ state: 'ready', source: 'deployments', to: { id: good } });
  });

  it('is never a deployment that failed', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:40');
    ecs.deploy('checkout:41');
    ecs.fail();
    ecs.deployed('checkout:42');
    expect(await plan()).toMatchObject({ to: { id: good } });
  });

  it('is never a deployment that finished only after the bad one began', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:40');
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ecs.lines[1]!.finishedAt = ecs.lines[0]!.finishedAt;
    expect(await plan()).toMatchObject({ to: { id: good } });
  });

  it('is listed once if both the ledger and the deployments know it', async () => {
    const { ecs, ledger, plan } = stage();
    ledger.prove(ecs.deployed('checkout:41'));
    ecs.deployed('checkout:42');
    ecs.inactive.add('checkout:41');
    const made = await plan();
    expect(made.state === 'no-way-back' && made.reason.split('passed over')).toHaveLength(2);
  });

  it('is never a revision that a rollback ended, although the ledger proved it once', async () => {
    const { ecs, ledger, plan } = stage();
    const good = ecs.deployed('checkout:40');
    const condemned = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ledger.prove(ecs.newest.revision);
    ledger.condemn(condemned);
    ecs.rollBack();
    ecs.endRollback();
    expect(await plan()).toMatchObject({ from: { id: condemned }, to: { id: good } });
  });

  it('is never condemned, nor at fault, whatever the ledger proved', async () => {
    const { ecs, ledger, plan } = stage();
    const good = ecs.deployed('checkout:40');
    const condemned = ecs.deployed('checkout:41');
    const atFault = ecs.deployed('checkout:42');
    ledger.prove(good);
    ledger.prove(atFault);
    ledger.condemn(condemned);
    expect(await plan()).toMatchObject({ to: { id: good }, source: 'ledger' });
  });

  it('that runs already under another id leaves nothing to do, and is not compared with its own name', async () => {
    const { ecs, ledger, plan } = stage();
    const first = ecs.deployed('checkout:40');
    const bad = ecs.deployed('checkout:41');
    ledger.condemn(bad);
    ecs.deployed('checkout:40');
    expect(await plan({ revision: first })).toMatchObject({
      state: 'nothing-to-do',
      reason: 'checkout:40 already runs',
    });
    const made = await plan({ revision: bad });
    expect(made).toMatchObject({ state: 'ready', to: { id: bad } });
    expect('doubt' in made ? made.doubt : '').not.toContain('may deploy the same as checkout:41');
  });

  describe('where condemned content was deployed again, and runs quietly under another id', () => {
    const image = (digest: string) => [{ container: 'app', image: 'shop:latest', digest }];
    const IMAGE = image('sha256:bad');
    const inSubnet = (one: string) => ({ networkConfiguration: { awsvpcConfiguration: { subnets: [one] } } });
    const NETWORK = inSubnet('subnet-a');

    function again(images = IMAGE, network = NETWORK) {
      const staged = stage();
      const { ecs, ledger } = staged;
      const good = ecs.deployed('checkout:41', NETWORK);
      ledger.prove(good);
      const bad = ecs.deployed('checkout:42', NETWORK, IMAGE);
      ledger.condemn(bad);
      ecs.deployed('checkout:41', NETWORK);
      const back = ecs.deployed('checkout:42', network, images);
      return { ...staged, good, bad, back };
    }

    it('is not that content, also when the ledger proved it', async () => {
      const { ecs, ledger, plan, good, back } = again();
      ledger.prove(back);
      ecs.deployed('checkout:43');
      expect(await plan()).toMatchObject({ state: 'ready', source: 'ledger', to: { id: good } });
    });

    it('is not crowded out by it, night after night', async () => {
      const { ecs, ledger, plan, good } = again();
      for (let night = 0; night < 8; night++) ledger.prove(ecs.deployed('checkout:42', NETWORK, IMAGE));
      ecs.deployed('checkout:43');
      expect(await plan()).toMatchObject({ to: { id: good } });
    });

    it('names the revision at fault by its condemned id, which the judge knows', async () => {
      const { plan, bad, good } = again();
      expect(await plan()).toMatchObject({ from: { id: bad, name: 'checkout:42' }, to: { id: good } });
    });

    it('names the requested revision by its condemned id', async () => {
      const { ecs, plan, bad, back } = again();
      ecs.deployed('checkout:43');
      expect(await plan({ revision: back })).toMatchObject({ source: 'request', to: { id: bad } });
    });

    it.each([
      ['its tag stands for another image', image('sha256:fix'), NETWORK],
      ['its settings are others', IMAGE, inSubnet('subnet-b')],
    ])('may be that task definition when %s: that is the fix', async (_why, images, network) => {
      const { ecs, ledger, plan, back } = again(images, network);
      expect(await plan()).toMatchObject({ from: { id: back } });
      ledger.prove(back);
      ecs.deployed('checkout:43');
      expect(await plan()).toMatchObject({ to: { id: back } });
    });
  });

  it.each([
    ['was proven', true],
    ['was not', false],
  ])('is, if only a restart was at fault, the restarted revision if that %s', async (_why, isProven) => {
    const { ecs, ledger, plan } = stage();
    const older = ecs.deployed('checkout:41');
    const running = ecs.deployed('checkout:42');
    ledger.prove(older);
    if (isProven) ledger.prove(running);
    ledger.condemn(ecs.deployed('checkout:42'));
    ecs.deployed('checkout:43');
    expect(await plan()).toMatchObject({ to: { id: isProven ? running : older } });
  });

  it('is the revision that ran before, if ECS forgot its deployment', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ecs.lines.pop();
    expect(await plan()).toMatchObject({ source: 'deployments', to: { id: good } });
  });

  it('passes over a proven revision that ECS no longer knows, and says so', async () => {
    const { ecs, ledger, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ledger.prove('arn:of-a-service-deleted-long-ago');
    const found = await plan();
    expect(found).toMatchObject({ to: { id: good } });
    expect(found).toMatchObject({ notes: [expect.stringContaining('no longer knows it')] });
  });

  it('does not exist for the first deployment: no way back', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:1');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('no last known good revision') as string,
    });
  });

  it('does not exist where ECS remembers no deployment', async () => {
    const { plan } = stage();
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('no deployment') as string,
    });
  });

  it('is, in every history, a revision that succeeded, is not condemned and not at fault', async () => {
    const step = fc.record({
      ends: fc.constantFrom('succeed', 'fail', 'roll-back'),
      condemned: fc.boolean(),
      proven: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (history) => {
        const { ecs, ledger, plan } = stage();
        const fit = new Set<string>();
        history.forEach(({ ends, condemned, proven }, index) => {
          ecs.deploy(`checkout:${index}`);
          const { revision } = ecs.newest;
          if (ends === 'succeed') ecs.succeed();
          else if (ends === 'fail') ecs.fail();
          else {
            ecs.rollBack();
            ecs.endRollback();
          }
          if (condemned) ledger.condemn(revision);
          else if (proven && ends === 'succeed') ledger.prove(revision);
          if (ends === 'succeed' && !condemned) fit.add(revision);
        });
        const made = await plan();
        if (made.state !== 'ready') return;
        expect(fit).toContain(made.to.id);
        expect(made.to.id).not.toBe(made.from.id);
      }),
    );
  });
});

describe('an INACTIVE task definition', () => {
  it('is passed over for the next older one that is ACTIVE, and the plan says so', async () => {
    const { ecs, ledger, plan } = stage();
    const older = ecs.deployed('checkout:40');
    const newer = ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ledger.prove(older);
    ledger.prove(newer);
    ecs.inactive.add('checkout:41');
    expect(await plan()).toMatchObject({
      to: { id: older },
      notes: [
        'passed over checkout:41: task definition checkout:41 is INACTIVE',
        'Lastgood did not check whether task definition checkout:40 is ACTIVE',
      ],
    });
  });

  it('leaves no way back when all are INACTIVE, and the reason names them', async () => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:42');
    ecs.inactive.add('checkout:41');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('checkout:41 is INACTIVE') as string,
    });
  });

  it('is no blocker to the rollback of ECS itself, which is then the only rung', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    ecs.inactive.add('checkout:41');
    const made = await plan();
    expect(made).toMatchObject({ to: { id: good }, rungs: [{ name: 'stop-deployment' }] });
    expect(made).toMatchObject({ notes: [expect.stringContaining('INACTIVE')] });
  });
});

describe('images', () => {
  it('passes over a revision whose image is gone from ECR', async () => {
    const { ecs, registry, plan } = stage();
    const older = ecs.deployed('checkout:40', {}, [ecrImage('v40', 'sha256:40')]);
    ecs.deployed('checkout:41', {}, [ecrImage('v41', 'sha256:41')]);
    ecs.deployed('checkout:42', {}, [ecrImage('v42', 'sha256:42')]);
    registry.push('checkout', 'v40', 'sha256:40');
    expect(await plan()).toMatchObject({
      to: { id: older },
      notes: [expect.stringContaining('gone from ECR'), expect.stringContaining('did not check')],
    });
  });

  it('passes over a revision whose image is archived', async () => {
    const { ecs, registry, plan } = stage();
    ecs.deployed('checkout:41', {}, [ecrImage('v41', 'sha256:41')]);
    ecs.deployed('checkout:42');
    registry.push('checkout', 'v41', 'sha256:41');
    registry.archived.add('sha256:41');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('archived') as string,
    });
  });

  it('passes over a revision whose tag now names the image at fault', async () => {
    const { ecs, registry, plan } = stage();
    ecs.deployed('checkout:41', {}, [ecrImage('latest', 'sha256:41')]);
    ecs.deployed('checkout:42', {}, [ecrImage('latest', 'sha256:42')]);
    registry.push('checkout', 'latest', 'sha256:42');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('image at fault') as string,
    });
  });

  it('asks a person when a tag was moved to yet another image', async () => {
    const { ecs, registry, plan } = stage();
    const good = ecs.deployed('checkout:41', {}, [ecrImage('stable', 'sha256:41')]);
    ecs.deployed('checkout:42', {}, [ecrImage('v42', 'sha256:42')]);
    registry.push('checkout', 'stable', 'sha256:99');
    expect(await plan()).toMatchObject({
      to: { id: good },
      notes: [expect.stringContaining('was moved since')],
      doubt: expect.stringMatching(
        /checkout:41 may come back with another image: .*checkout:stable leads/,
      ) as string,
    });
  });

  it('leaves a moved tag to the rollback of ECS alone, which keeps the digest', async () => {
    const { ecs, registry, plan } = stage();
    ecs.deployed('checkout:41', {}, [ecrImage('stable', 'sha256:41')]);
    ecs.deploy('checkout:42', {}, [ecrImage('v42', 'sha256:42')]);
    registry.push('checkout', 'stable', 'sha256:99');
    const made = await plan();
    expect(made).toMatchObject({ rungs: [{ name: 'stop-deployment' }] });
    expect(made).not.toHaveProperty('doubt');
    expect('rungs' in made && made.rungs).toHaveLength(1);
  });

  it('says that an image elsewhere could not be checked, does not block and does not ask', async () => {
    const { ecs, registry, plan } = stage();
    const images = [
      { container: 'app', image: 'nginx', digest: 'sha256:1' },
      { container: 'log', image: '999988887777.dkr.ecr.eu-west-1.amazonaws.com/log:1', digest: null },
    ];
    const good = ecs.deployed('checkout:41', {}, images);
    ecs.deployed('checkout:42');
    expect(await plan()).toMatchObject({
      to: { id: good },
      notes: [expect.stringContaining('nginx'), expect.stringContaining('log:1')],
    });
    expect(await plan()).not.toHaveProperty('doubt');
    expect(registry.asked).toEqual([]);
  });

  const elsewhere = (digest: string | null, image = 'ghcr.io/shop/checkout:latest') => [
    { container: 'app', image, digest },
  ];

  it.each([
    ['different digests', 'sha256:1', 'sha256:2'],
    ['no digest of the good one', null, 'sha256:2'],
    ['no digests', null, null],
  ])('asks where both revisions name one image elsewhere: %s', async (_, good, bad) => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', {}, elsewhere(good));
    ecs.deployed('checkout:42', {}, elsewhere(bad));
    expect(await plan()).toMatchObject({
      doubt:
        'checkout:41 may come back with another image: the revision at fault names ghcr.io/shop/checkout:latest too, and Lastgood cannot see where that name leads now',
    });
  });

  it.each([
    ['both ran the same image', elsewhere('sha256:1'), elsewhere('sha256:1')],
    [
      'its name is a digest',
      elsewhere(null, 'ghcr.io/shop/checkout@sha256:1'),
      elsewhere(null, 'ghcr.io/shop/checkout@sha256:1'),
    ],
    [
      'the names differ',
      elsewhere(null, 'ghcr.io/shop/checkout:1'),
      elsewhere(null, 'ghcr.io/shop/checkout:2'),
    ],
  ])('does not ask of an image elsewhere: %s', async (_, good, bad) => {
    const { ecs, plan } = stage();
    ecs.deployed('checkout:41', {}, good);
    ecs.deployed('checkout:42', {}, bad);
    const made = await plan();
    expect(made).toMatchObject({ state: 'ready', to: { name: 'checkout:41' } });
    expect(made).not.toHaveProperty('doubt');
  });

  it('leaves the rollback to ECS while all tasks of the old revision still run, even if the image is gone', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41', {}, [ecrImage('v41', 'sha256:41')]);
    ecs.deploy('checkout:42');
    expect(await plan()).toMatchObject({ to: { id: good }, rungs: [{ name: 'stop-deployment' }] });
  });

  it('does not count on the rollback of ECS when tasks would have to pull an image that is gone', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41', {}, [ecrImage('v41', 'sha256:41')]);
    ecs.runs(good, 2);
    ecs.deploy('checkout:42');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('(sha256:41) is gone') as string,
    });
  });
});

describe('an image of which ECS kept no digest', () => {
  const tagged = (tag: string) => [{ ...ecrImage(tag, ''), digest: null }];

  function released(tag: string, pushedAt: string | null) {
    const staged = stage();
    const { ecs, registry } = staged;
    const good = ecs.deployed('checkout:41', {}, tagged(tag));
    const revision = ecs.known.get(good)!;
    ecs.deployed('checkout:42', {}, tagged('v42'));
    registry.push('checkout', tag, 'sha256:now');
    if (pushedAt !== null) registry.pushed.set('sha256:now', pushedAt);
    return { ...staged, good, revision };
  }

  it.each(['latest', 'v41'])(
    'is another one where it was pushed after the revision: passed over, %s',
    async (tag) => {
      const { plan } = released(tag, '2026-11-22T03:59:00.000Z');
      expect(await plan()).toMatchObject({
        state: 'no-way-back',
        reason: expect.stringMatching(
          /checkout:(latest|v41) was pushed after checkout:41 was deployed, and ECS kept no digest/,
        ) as string,
      });
    },
  );

  it.each(['2026-11-22T02:00:00.000Z', null])(
    'is a doubt if it was pushed before, or at an unknown time: %s',
    async (at) => {
      const { plan, good } = released('latest', at);
      expect(await plan()).toMatchObject({
        to: { id: good },
        notes: [expect.stringContaining('kept no digest') as string],
      });
    },
  );

  it('is none where the name itself is a digest', async () => {
    const { ecs, registry, plan } = stage();
    const image = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout@sha256:41';
    const good = ecs.deployed('checkout:41', {}, [{ container: 'app', image, digest: null }]);
    ecs.deployed('checkout:42');
    registry.push('checkout', 'v41', 'sha256:41');
    registry.pushed.set('sha256:41', '2026-11-22T03:59:00.000Z');
    expect(await plan()).toMatchObject({ to: { id: good }, notes: [] });
  });

  it('prevents the rollback by ECS, which would pull another one for missing tasks', async () => {
    const { ecs, registry, plan } = stage();
    const good = ecs.deployed('checkout:41', {}, tagged('latest'));
    ecs.runs(good, 2);
    ecs.deploy('checkout:42', {}, tagged('latest'));
    registry.push('checkout', 'latest', 'sha256:now');
    registry.pushed.set('sha256:now', '2026-11-22T03:59:00.000Z');
    expect(await plan()).toMatchObject({
      state: 'no-way-back',
      reason: expect.stringContaining('was pushed after checkout:41 was deployed') as string,
    });
    ecs.runs(good, 4);
    ecs.newest.sources = [{ revision: good, requested: 4, running: 4 }];
    expect(await plan()).toMatchObject({ rungs: [{ name: 'stop-deployment' }] });
  });
});

describe('a forced redeploy of an equal task definition', () => {
  it('is distinguished from the previous one by the ids of the revisions, and stopped', async () => {
    const { ecs, plan } = stage();
    const good = ecs.deployed('checkout:41', {}, [ecrImage('latest', 'sha256:1')]);
    ecs.deploy('checkout:41', {}, [ecrImage('latest', 'sha256:2')]);
    const made = await plan();
    expect(made).toMatchObject({ from: { name: 'checkout:41' }, to: { id: good, name: 'checkout:41' } });
    expect(made).toMatchObject({ rungs: [{ name: 'stop-deployment' }] });
  });

  it('cannot be undone by deploying the same once more: an older, different one is taken', async () => {
    const { ecs, plan } = stage();
    const older = ecs.deployed('checkout:40');
    ecs.deployed('checkout:41');
    ecs.deployed('checkout:41');
    expect(await plan()).toMatchObject({ to: { id: older }, notes: [] });
  });
});
