import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, openMesh, TARGET, weighs } from './mesh.ts';

const WRITE = 'UpdateListener';

/** A pipeline or an operator moves the traffic during a rollback. */
export const latticeDuringRollback: readonly Scenario[] = [
  {
    name: 'lattice-moved-before-revert',
    shows:
      'the pipeline moves the requests again after the plan was made: the weights differ from the plan, and are left alone',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await enters(stage, 'Verdict');
      mesh.weigh({ blue: 25, green: 75 });
      await stage.aftermath();
      weighs(mesh, { blue: 25, green: 75 });
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /the weights changed after the plan was made: 25 % shop-blue and 75 % shop-green/,
    },
  },
  {
    name: 'lattice-blue-lost-before-revert',
    shows:
      'servers of blue become unhealthy after the plan was made: no request is sent there, and it ends clean',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      const tags = { lastgood: 'approve', 'lastgood:countdown': '4', 'lastgood:silence': 'go' };
      stage.call('lattice', 'TagResource', { resourceArn: arnOf(mesh), tags });
      await enters(stage, 'Approve');
      await mesh.lose('blue', 3);
      await stage.aftermath();
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /shop-blue has 1 healthy targets of 4 needed/,
    },
  },
  {
    name: 'lattice-conflict',
    shows: 'another change of the service is in progress: VPC Lattice refuses twice, and the step is retried',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      const error = new AwsError('ConflictException', 'The resource is being modified', 409);
      stage.runtime.wire.disturb.fail({ service: 'vpc-lattice', operation: WRITE, error }, 2);
      await stage.aftermath();
      weighs(mesh, { blue: 100, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE] },
  },
  {
    name: 'lattice-overtaken',
    shows:
      'the pipeline moves the requests again after they went back: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes(WRITE));
      await stage.minutes(0.5);
      mesh.weigh({ blue: 50, green: 50 });
      await stage.aftermath();
      weighs(mesh, { blue: 50, green: 50 });
    },
    ends: { outcome: 'failed-dirty', served: false, writes: [WRITE] },
  },
  {
    name: 'lattice-put-back-after-ours',
    shows:
      "an owner that no tag names restores the bad weights after Lastgood's write: Lastgood reports it at once, and does not fight",
    target: TARGET,
    async play(stage) {
      const mesh = await openMesh(stage);
      mesh.behave('green', FAULTY);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.until('the weights went back', () => stage.journal.writes().includes(WRITE));
      await stage.minutes(0.2);
      mesh.weigh({ blue: 0, green: 100 });
      await stage.until('the rollback has ended', () => hasEnded(stage), 2.5);
      await stage.minutes(3);
      weighs(mesh, { blue: 0, green: 100 });
    },
    ends: {
      outcome: 'failed-dirty',
      served: false,
      writes: [WRITE],
      because:
        /the weights were put back to shop-green after the rollback: a controller or pipeline sets them/,
    },
  },
];

function arnOf({ service, listener }: { readonly service: string; readonly listener: string }): string {
  return `arn:aws:vpc-lattice:eu-west-1:111122223333:service/${service}/listener/${listener}`;
}

function hasEnded(stage: Stage): boolean {
  return rollbacksIn(stage.runtime).every(({ status }) => status !== 'RUNNING');
}

/** Waits until a rollback is in this state. */
function enters(stage: Stage, state: string): Promise<void> {
  const isThere = () => rollbacksIn(stage.runtime).some(({ states }) => states.at(-1)?.name === state);
  return stage.until(`a rollback has come to ${state}`, isThere);
}
