import { describe, expect, it } from 'vitest';
import { planned } from '../../../../contract/walk.ts';
import { awsError } from '../../../../fakes/ecs.ts';
import { NOW, stage, TARGET } from '../stage.ts';

function inFlight() {
  const set = stage();
  set.ecs.deployed('checkout:41');
  const bad = set.ecs.deploy('checkout:42');
  return { ...set, bad };
}

describe('stop', () => {
  it('requests a rollback of the deployment', async () => {
    const { ecs, mechanism, bad } = inFlight();
    expect(await mechanism.stop(await planned(mechanism, TARGET))).toEqual({
      state: 'reverting',
      at: NOW,
      deployment: bad,
    });
    expect(ecs.writes).toEqual([`stopDeployment ${bad}`]);
  });

  it('answers the hook at which the deployment waits', async () => {
    const { ecs, mechanism, bad } = inFlight();
    ecs.newest.pausedAtHook = 'hook-1';
    expect(await mechanism.stop(await planned(mechanism, TARGET))).toMatchObject({ state: 'reverting' });
    expect(ecs.writes).toEqual([`rollBackAtHook ${bad} hook-1`]);
  });

  it('leaves a rollout to Revert, which supersedes it, if stopping would restore another revision', async () => {
    const { ecs, ledger, mechanism } = stage();
    ledger.prove(ecs.deployed('checkout:40'));
    ecs.deployed('checkout:41');
    const bad = ecs.deploy('checkout:42');
    expect(await mechanism.stop(await planned(mechanism, TARGET))).toMatchObject({
      state: 'left-to-revert',
      deployment: bad,
    });
    expect(ecs.writes).toEqual([]);
  });

  it('does not touch a deployment that came after the plan', async () => {
    const { ecs, mechanism } = inFlight();
    const document = await planned(mechanism, TARGET);
    ecs.deploy('checkout:43');
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
    expect(ecs.writes).toEqual([]);
  });

  describe('at a hook that an operator or its timeout answered a moment before', () => {
    async function answered(how: (ecs: ReturnType<typeof inFlight>['ecs']) => void) {
      const set = inFlight();
      set.ecs.newest.pausedAtHook = 'hook-1';
      const document = await planned(set.mechanism, TARGET);
      set.ecs.rollBackAtHook = () => {
        set.ecs.newest.pausedAtHook = null;
        how(set.ecs);
        return Promise.reject(awsError('InvalidParameterException'));
      };
      return { ...set, document };
    }

    it('joins the rollback that was the answer', async () => {
      const { mechanism, document } = await answered((ecs) => ecs.rollBack());
      expect(await mechanism.stop(document)).toMatchObject({ state: 'reverting' });
    });

    it('stops a continued deployment', async () => {
      const { ecs, mechanism, document, bad } = await answered(() => undefined);
      expect(await mechanism.stop(document)).toMatchObject({ state: 'reverting' });
      expect(ecs.writes).toEqual([`stopDeployment ${bad}`]);
    });

    it('stops a continued deployment at the next try if it has moved on again', async () => {
      const { ecs, mechanism, document, bad } = await answered(() => undefined);
      ecs.errors.set('stopDeployment', awsError('ConflictException'));
      await expect(mechanism.stop(document)).rejects.toMatchObject({ name: 'Unavailable' });
      expect(await mechanism.stop(document)).toMatchObject({ state: 'reverting' });
      expect(ecs.writes).toEqual([`stopDeployment ${bad}`]);
    });

    it('passes the error on where the hook still waits', async () => {
      const { ecs, mechanism, document } = await answered(() => undefined);
      ecs.rollBackAtHook = () => Promise.reject(awsError('InvalidParameterException'));
      await expect(mechanism.stop(document)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    });
  });

  it('treats a deployment that completed a moment before as completed', async () => {
    const { ecs, mechanism } = inFlight();
    const document = await planned(mechanism, TARGET);
    const stop = ecs.stopDeployment.bind(ecs);
    ecs.stopDeployment = (arn) => {
      ecs.succeed();
      return stop(arn);
    };
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });

  it('passes on a conflict that nothing explains, and throttling', async () => {
    const { ecs, mechanism } = inFlight();
    const document = await planned(mechanism, TARGET);
    for (const name of ['ConflictException', 'ThrottlingException']) {
      ecs.errors.set('stopDeployment', awsError(name));
      await expect(mechanism.stop(document)).rejects.toMatchObject({ name });
    }
  });

  it('finds a deployment that is already being stopped frozen', async () => {
    const { ecs, mechanism, bad } = inFlight();
    const document = await planned(mechanism, TARGET);
    ecs.newest.status = 'STOP_REQUESTED';
    ecs.errors.set('stopDeployment', awsError('ConflictException'));
    expect(await mechanism.stop(document)).toEqual({ state: 'stopped', at: NOW, deployment: bad });
  });

  it('reads nothing before it writes, and says the same to a retry without a second rollback', async () => {
    const { ecs, mechanism, bad } = inFlight();
    const document = await planned(mechanism, TARGET);
    ecs.errors.set('deployment', awsError('ThrottlingException'));
    const first = await mechanism.stop(document);
    expect(await mechanism.stop(document)).toEqual(first);
    expect(ecs.writes).toEqual([`stopDeployment ${bad}`]);
  });

  it.each([
    ['completed', () => undefined],
    ['is unknown', (ecs: ReturnType<typeof inFlight>['ecs']) => void ecs.lines.shift()],
  ])('reads the deployment if the plan found it at rest: it %s', async (_, then) => {
    const { ecs, mechanism } = inFlight();
    ecs.succeed();
    const document = await planned(mechanism, TARGET);
    then(ecs);
    expect(await mechanism.stop(document)).toEqual({ state: 'not-running' });
  });
});
