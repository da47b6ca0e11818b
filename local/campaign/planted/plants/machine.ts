import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const MACHINE = 'statemachines/rollback.asl.yml';

/** Faults of the state machines. */
export const machine: readonly Plant[] = [
  {
    name: 'machine-claim-ends-without-report',
    is: 'an error of Claim ends the execution without Report',
    repeats: 'TravisCI: the rollback broke, and said nothing',
    ...{ file: MACHINE, kinds: ECS },
    from: '\n      - ErrorEquals: [States.ALL]\n        Next: Refused',
    to: '',
  },
  {
    name: 'machine-plan-is-not-patient',
    is: 'a plan that AWS throttles is given up after one retry',
    repeats: 'ecspresso 403 and empire 946: throttled, and lost',
    ...{ file: MACHINE, kinds: ECS },
    from: 'MaxAttempts: 1100',
    to: 'MaxAttempts: 1',
  },
  {
    name: 'machine-settle-is-not-retried',
    is: 'a poll of the way back that fails once ends the rollback',
    ...{ file: MACHINE, kinds: ECS },
    from: 'Payload: { verb: settled, rollback.$: $ }\n    OutputPath: $.Payload\n    TimeoutSeconds: 30\n    Retry: *standardRetries\n',
    to: 'Payload: { verb: settled, rollback.$: $ }\n    OutputPath: $.Payload\n    TimeoutSeconds: 30\n',
  },
  {
    name: 'machine-skips-stop',
    is: 'the rollout in flight is not stopped before the revert',
    repeats: 'Cloudflare, November 2025: stop the producer first, then revert',
    ...{ file: MACHINE, kinds: ECS },
    from: '{ Variable: $.verdict.verdict, StringEquals: act, Next: Stop }',
    to: '{ Variable: $.verdict.verdict, StringEquals: act, Next: Revert }',
  },
  {
    name: 'machine-does-not-verify',
    is: 'a way back that settled is reported without a proof of health',
    repeats: 'GPS/GLONASS 2014: the rollback did not fix it',
    ...{ file: MACHINE, kinds: ECS },
    from: 'StringEquals: settled\n        Next: Verify',
    to: 'StringEquals: settled\n        Next: Report',
  },
  {
    name: 'machine-verifies-without-settle',
    is: 'a deployment that comes during the proof is not seen',
    repeats: 'amazon-ecs-deploy-task-definition 191: success although another deployment overtook',
    ...{ file: MACHINE, kinds: ECS },
    from: 'SecondsPath: $.health.pollAgainInSeconds\n    Next: Settle',
    to: 'SecondsPath: $.health.pollAgainInSeconds\n    Next: Verify',
  },
  {
    name: 'machine-acts-on-an-old-plan',
    is: 'an approval leads to the write without a new plan',
    repeats: 'AWS us-east-1, October 2025: an old plan was applied',
    ...{ file: MACHINE, kinds: ECS },
    from: 'StringEquals: approved\n        Next: Plan',
    to: 'StringEquals: approved\n        Next: Stop',
  },
  {
    name: 'machine-silence-means-go',
    is: 'a question without an answer is taken for a consent',
    repeats: 'sil-org/ecs-deploy 102: a timeout rolled back, and surprised users',
    ...{ file: MACHINE, kinds: ECS },
    from: 'StringEquals: go, Next: Plan }\n    Default: Listen',
    to: 'StringEquals: go, Next: Plan }\n    Default: Stop',
  },
  {
    name: 'machine-denied-means-go',
    is: 'the choice after an answer is inverted: a denial goes on',
    ...{ file: MACHINE, kinds: ECS },
    from: 'StringEquals: judge-again\n        Next: Plan\n    Default: Report',
    to: 'StringEquals: judge-again\n        Next: Plan\n    Default: Stop',
  },
  {
    name: 'machine-without-a-next-rung',
    is: 'a rung that failed on its way ends the rollback, although another is left',
    ...{ file: MACHINE, kinds: ECS },
    from: '        Next: Revert\n    Default: Report\n  AwaitEnd:',
    to: '        Next: Report\n    Default: Report\n  AwaitEnd:',
  },
  {
    name: 'machine-pause-is-an-error',
    is: 'a rollback that meets a pause fails instead of waiting',
    ...{ file: MACHINE, kinds: ECS },
    from: '      - ErrorEquals: [Paused]\n        ResultPath: $.met\n        Next: Pause\n      - *toReport',
    to: '      - *toReport',
  },
  {
    name: 'machine-report-tries-once',
    is: 'Report is not retried where it fails for an unknown reason',
    ...{ file: MACHINE, kinds: ECS },
    from: 'IntervalSeconds: 5\n        MaxAttempts: 6',
    to: 'IntervalSeconds: 5\n        MaxAttempts: 0',
  },
  {
    name: 'machine-failed-clean-succeeds',
    is: 'an execution that could not go back ends as skipped',
    repeats: 'containers-roadmap 1205: the stack says success after a rollback',
    ...{ file: MACHINE, kinds: ECS },
    from: 'StringEquals: failed-clean\n        Next: FailedClean',
    to: 'StringEquals: failed-clean\n        Next: Skipped',
  },
  {
    name: 'machine-lookout-accuses-in-vain',
    is: 'a lookout that sees harm ends without an accusation',
    ...{ file: 'statemachines/lookout.asl.yml', kinds: ECS },
    from: 'StringEquals: accuse, Next: Accuse }',
    to: 'StringEquals: accuse, Next: End }',
  },
];
