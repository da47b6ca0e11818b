import { describe, expect, it } from 'vitest';
import { planned, started, stopped } from '../../../../contract/walk.ts';
import { awsError } from '../../../../fakes/ecs.ts';
import { stage, TARGET, type Stage } from '../stage.ts';

const network = (subnet: string) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
});

function completed() {
  const set = stage();
  const good = set.ecs.deployed('checkout:41', network('subnet-a'));
  const bad = set.ecs.deployed('checkout:42', network('subnet-b'));
  return { ...set, good, bad };
}

describe('deploying the last known good again', () => {
  it('sends all of the revision that differs, unforced, and never a desired count', async () => {
    const { ecs, mechanism } = completed();
    ecs.service_!.desired = 9;
    expect(await mechanism.revert(await planned(mechanism, TARGET))).toMatchObject({
      state: 'started',
      deployment: ecs.newest.arn,
    });
    expect(ecs.writes).toEqual([expect.stringMatching(/^update \{/)]);
    const sent = JSON.parse(ecs.writes[0]!.slice('update '.length)) as object;
    expect(sent).toEqual({
      taskDefinition: expect.stringContaining('checkout:41') as string,
      ...network('subnet-a'),
    });
  });

  it('is forced if no difference would start a deployment without force', async () => {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] });
    ecs.deployed('checkout:41', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] });
    expect(await mechanism.revert(await planned(mechanism, TARGET))).toMatchObject({ state: 'started' });
    expect(ecs.writes).toEqual([expect.stringMatching(/^update forced/)]);
  });

  it('finds on a retry the deployment of the first try, even after its completion', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const first = await mechanism.revert(document);
    ecs.succeed();
    expect(await mechanism.revert(document)).toEqual(first);
    expect(ecs.writes).toHaveLength(1);
  });

  it('retries while ECS does not list the new deployment, and then finds it', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    ecs.lag = 1;
    ecs.answersAtOnce = false;
    await expect(mechanism.revert(document)).rejects.toMatchObject({ name: 'Unavailable' });
    ecs.lag = 0;
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(ecs.lines).toHaveLength(3);
    expect(ecs.writes).toHaveLength(1);
  });

  it('starts a forced one once, while only the service names it and the list does not show it yet', async () => {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] });
    ecs.deployed('checkout:41', { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] });
    const document = await planned(mechanism, TARGET);
    ecs.lag = 1;
    ecs.answersAtOnce = false;
    await expect(mechanism.revert(document)).rejects.toMatchObject({ name: 'Unavailable' });
    ecs.service_!.currentDeployment = ecs.newest.arn;
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(ecs.writes).toHaveLength(1);
  });

  it.each([0, 1])(
    'believes no answer that still names deployment %i of the plan, and lists',
    async (index) => {
      const { ecs, mechanism } = completed();
      const document = await planned(mechanism, TARGET);
      ecs.answersAtOnce = false;
      ecs.service_!.currentDeployment = ecs.lines[index]!.arn;
      expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.newest.arn });
      expect(ecs.writes).toHaveLength(1);
    },
  );

  it('reads one list of deployments before its write, and none after it', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const asked: string[] = [];
    for (const name of ['deployments', 'deployment', 'revisions'] as const) {
      const read = ecs[name].bind(ecs) as (...given: unknown[]) => Promise<never>;
      ecs[name] = (...given: unknown[]) => {
        asked.push(name);
        return read(...given);
      };
    }
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(asked).toEqual(['deployments']);
  });

  it('follows its own deployment, and not a concurrent one', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const update = ecs.update.bind(ecs);
    ecs.update = async (...call) => {
      const answer = await update(...call);
      ecs.deploy('checkout:43');
      return answer;
    };
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.lines[1]!.arn });
  });

  it('follows its own deployment although the service has a new setting that was not sent', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const update = ecs.update.bind(ecs);
    ecs.update = async (...call) => {
      const answer = await update(...call);
      const made = ecs.known.get(ecs.newest.revision)!;
      const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT' }];
      const configuration = { ...made.configuration, capacityProviderStrategy };
      ecs.known.set(ecs.newest.revision, { ...made, configuration });
      return answer;
    };
    const first = await mechanism.revert(document);
    expect(first).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(await mechanism.revert(document)).toEqual(first);
    expect(ecs.writes).toHaveLength(1);
  });

  it('starts nothing over a deployment that came after the plan, and names it', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const fix = ecs.deploy('checkout:43');
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: `a newer deployment took over: ${fix}`,
    });
    expect(ecs.writes).toEqual([]);
  });

  it('starts no second way back when a newer deployment came after its own', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    const first = await mechanism.revert(document);
    ecs.deploy('checkout:43');
    expect(await mechanism.revert(document)).toEqual(first);
    expect(ecs.writes).toHaveLength(1);
  });

  it('leaves the rung when ECS refuses the revision', async () => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    ecs.inactive.add('checkout:41');
    expect(await mechanism.revert(document)).toEqual({
      state: 'failed',
      reason: 'ClientException: TaskDefinition is inactive',
    });
  });

  it.each(['ThrottlingException', 'AccessDeniedException'])('passes on %s', async (name) => {
    const { ecs, mechanism } = completed();
    const document = await planned(mechanism, TARGET);
    ecs.errors.set('update', awsError(name));
    await expect(mechanism.revert(document)).rejects.toMatchObject({ name });
  });

  it('supersedes a rollout whose stop would have restored another revision', async () => {
    const { ecs, ledger, mechanism } = stage();
    ledger.prove(ecs.deployed('checkout:40'));
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    const document = await stopped(mechanism, await planned(mechanism, TARGET));
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(ecs.lines[1]).toMatchObject({ status: 'STOPPED' });
  });

  it('is forced after the rollback of ECS failed: the service already names the revision', async () => {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    const document = await started(mechanism, await stopped(mechanism, await planned(mechanism, TARGET)));
    expect(document.reverted).toMatchObject({ state: 'joined', deployment: bad });
    ecs.endRollback('ROLLBACK_FAILED');
    const next = await mechanism.revert({ ...document, rung: 1 });
    expect(next).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(ecs.newest.arn).not.toBe(bad);
    expect(ecs.writes[1]).toMatch(/^update forced/);
  });
});

describe('deploying again after the rollback of ECS took too long', () => {
  async function late() {
    const set = stage();
    const good = set.ecs.deployed('checkout:41');
    const bad = set.ecs.deploy('checkout:42');
    const on = await started(
      set.mechanism,
      await stopped(set.mechanism, await planned(set.mechanism, TARGET)),
    );
    set.ecs.rollBack();
    set.ecs.runs(good, 3);
    const settled = { state: 'failed', reason: 'did not settle in time', more: true } as const;
    const next = await started(set.mechanism, { ...on, settled });
    return { ...set, good, bad, next: { ...next, rung: next.reverted.rung } };
  }

  it('follows it while it is in flight, and replaces nothing that it restored', async () => {
    const { ecs, mechanism, bad, next } = await late();
    expect(next.reverted).toMatchObject({ state: 'joined', deployment: bad, rung: 1 });
    expect(await mechanism.settled(next)).toMatchObject({ state: 'pending' });
    ecs.endRollback();
    expect(await mechanism.settled(next)).toMatchObject({ state: 'settled' });
    expect(await mechanism.revert(next)).toEqual({ state: 'joined', deployment: bad });
    expect(ecs.writes).toEqual([`stopDeployment ${bad}`]);
  });

  it('is due, and forced, once it failed', async () => {
    const { ecs, mechanism, bad, next } = await late();
    ecs.endRollback('ROLLBACK_FAILED');
    expect(await mechanism.settled(next)).toMatchObject({
      state: 'due',
      summary: expect.stringContaining('ROLLBACK_FAILED') as string,
    });
    expect(await mechanism.revert(next)).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(ecs.newest.arn).not.toBe(bad);
    expect(ecs.writes[1]).toMatch(/^update forced/);
  });

  it.each([
    ['is under way', () => undefined],
    [
      'failed',
      ({ ecs }: Stage) => {
        ecs.endRollback('ROLLBACK_FAILED');
      },
    ],
    [
      'is over',
      ({ ecs }: Stage) => {
        ecs.endRollback();
      },
    ],
  ])('sends the differences to the settings that it left on the service, where it %s', async (_, end) => {
    const set = stage();
    const { ecs, ledger, mechanism } = set;
    ledger.prove(ecs.deployed('checkout:40', network('subnet-a')));
    ledger.condemn(ecs.deployed('checkout:41', network('subnet-b')));
    ecs.deploy('checkout:42', network('subnet-a'));
    const document = await planned(mechanism, TARGET);
    ecs.rollBack();
    end(set);
    expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.newest.arn });
    expect(ecs.known.get(ecs.newest.revision)?.configuration).toEqual({
      taskDefinition: expect.stringContaining('checkout:40') as string,
      ...network('subnet-a'),
    });
  });

  it('also sends changes of the revision at fault alone, while ECS may not have restored them yet', async () => {
    const { ecs, ledger, mechanism } = stage();
    ledger.prove(ecs.deployed('checkout:40', network('subnet-a')));
    ledger.condemn(ecs.deployed('checkout:41', network('subnet-a')));
    ecs.deploy('checkout:42', network('subnet-b'));
    const document = await planned(mechanism, TARGET);
    ecs.rollBack();
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
    expect(JSON.parse(ecs.writes[0]!.slice('update '.length))).toEqual({
      taskDefinition: expect.stringContaining('checkout:40') as string,
      ...network('subnet-a'),
    });
  });

  it('supersedes one to another revision', async () => {
    const { ecs, ledger, mechanism } = stage();
    ledger.prove(ecs.deployed('checkout:40'));
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    const document = await stopped(mechanism, await planned(mechanism, TARGET));
    ecs.rollBack();
    expect(await mechanism.revert(document)).toMatchObject({ state: 'started' });
  });
});

describe('joining the rollback of ECS', () => {
  it('believes the stop while ECS still shows the deployment in flight', async () => {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    const document = await stopped(mechanism, await planned(mechanism, TARGET));
    ecs.newest.status = 'IN_PROGRESS';
    expect(await mechanism.revert(document)).toEqual({ state: 'joined', deployment: bad });
  });

  it('leaves the rung when the deployment completed before it could be stopped; the next one deploys again', async () => {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41');
    ecs.deploy('checkout:42');
    const document = await planned(mechanism, TARGET);
    ecs.succeed();
    const after = await started(mechanism, await stopped(mechanism, document));
    expect(after.reverted).toMatchObject({
      state: 'started',
      rung: 1,
      left: [{ rung: 0, reason: expect.stringContaining('SUCCESSFUL') as string }],
    });
    expect(ecs.writes).toEqual([expect.stringMatching(/^update \{/)]);
  });
});

describe('a setting with an infrastructure role', () => {
  const role = (name: string) => ({
    volumeConfigurations: [
      { name: 'data', managedEBSVolume: { roleArn: `arn:aws:iam::111122223333:role/${name}` } },
    ],
  });
  const definition = { taskDefinition: expect.stringContaining('checkout:41') as string };
  const sent = (ecs: { readonly writes: readonly string[] }) =>
    ecs.writes.map((write) => JSON.parse(write.slice('update '.length)) as unknown);

  async function goBack(...refusals: readonly string[]) {
    const { ecs, mechanism } = stage();
    ecs.deployed('checkout:41', role('a'));
    ecs.deployed('checkout:42', role('b'));
    const document = await planned(mechanism, TARGET);
    ecs.refusals.push(...refusals.map((name) => awsError(name)));
    return { ecs, mechanism, document, reverting: mechanism.revert(document) };
  }

  it('is sent back with the task definition', async () => {
    const { ecs, reverting } = await goBack();
    expect(await reverting).toMatchObject({ state: 'started' });
    expect(sent(ecs)).toEqual([{ ...definition, ...role('a') }]);
  });

  it.each(['InvalidParameterException', 'AccessDeniedException'])(
    'stays as it is if ECS answers %s, and a retry finds the deployment',
    async (refusal) => {
      const { ecs, mechanism, document, reverting } = await goBack(refusal);
      expect(await reverting).toEqual({ state: 'started', deployment: ecs.newest.arn });
      expect(sent(ecs)).toEqual([{ ...definition, ...role('a') }, definition]);
      expect(await mechanism.revert(document)).toEqual({ state: 'started', deployment: ecs.newest.arn });
      expect(ecs.writes).toHaveLength(2);
    },
  );

  it('fails with both reasons if ECS refuses the task definition too', async () => {
    const { reverting } = await goBack('InvalidParameterException', 'ClientException');
    expect(await reverting).toEqual({
      state: 'failed',
      reason: expect.stringMatching(/^InvalidParameterException: .*; ClientException: /) as string,
    });
  });

  it('is not permitted if even the task definition is denied', async () => {
    const { reverting } = await goBack('AccessDeniedException', 'AccessDeniedException');
    await expect(reverting).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
