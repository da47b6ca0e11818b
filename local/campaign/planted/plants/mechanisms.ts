import type { Plant } from '../plant.ts';

const ECS_REVERT = 'functions/mechanisms/ecs/native/revert.ts';
const ECS_SETTLED = 'functions/mechanisms/ecs/native/settled.ts';
const ASG_REVERT = 'functions/mechanisms/asg/revert.ts';
const LAMBDA_REVERT = 'functions/mechanisms/lambda/revert.ts';
const LAMBDA_SETTLED = 'functions/mechanisms/lambda/settled.ts';

/** Ways back that go wrong. */
export const mechanisms: readonly Plant[] = [
  {
    name: 'ecs-undoes-a-newer-deployment',
    shows: 'approved-late',
    is: 'a deployment that began after the plan is overwritten',
    repeats: 'METR hawk 1429: the fix cannot be deployed',
    ...{ file: ECS_REVERT, kinds: ['ecs'] },
    from: 'if (other !== undefined) return {',
    to: 'if (other !== undefined && other.arn === atFault?.arn) return {',
  },
  {
    name: 'ecs-starts-twice',
    shows: 'aws-away',
    is: 'a retried Revert deploys again',
    ...{ file: ECS_REVERT, kinds: ['ecs'] },
    from: "if (started !== null) return { state: 'started', deployment: started };",
    to: "if (started === 'never') return { state: 'started', deployment: started };",
  },
  {
    name: 'ecs-fights-the-native-rollback',
    is: "ECS's own rollback is overwritten where it goes to the wanted revision",
    ...{ file: ECS_REVERT, kinds: ['ecs'] },
    from: "if (isWanted && native.status !== 'ROLLBACK_FAILED')",
    to: "if (isWanted && native.status === 'ROLLBACK_FAILED')",
  },
  {
    name: 'ecs-joins-what-does-not-roll-back',
    is: 'a deployment that ECS does not roll back is joined',
    repeats: 'ECS containers-roadmap 1488: the breaker fails and does not roll back',
    ...{ file: ECS_REVERT, kinds: ['ecs'] },
    from: "if (wentBack(deployment.status)) return { state: 'joined', deployment: arn };",
    to: "if (deployment.status !== 'PENDING') return { state: 'joined', deployment: arn };",
  },
  {
    name: 'ecs-overtaken-is-not-seen',
    shows: 'fixed',
    is: 'a newer deployment during the proof is not seen',
    ...{ file: ECS_SETTLED, kinds: ['ecs'] },
    from: 'newest.arn !== followed.arn &&',
    to: "newest.arn === '' &&",
  },
  {
    name: 'ecs-any-native-rollback-will-do',
    is: 'a native rollback to another revision counts as the way back',
    repeats: 'ECS goes back to the revision before, which need not be good',
    ...{ file: ECS_SETTLED, kinds: ['ecs'] },
    from: 'if (rollbackRevision !== null && rollbackRevision !== to.id) {',
    to: "if (rollbackRevision === '') {",
  },
  {
    name: 'asg-undoes-a-newer-refresh',
    shows: 'approved-late',
    is: 'a refresh that began after the plan is taken for our own',
    ...{ file: ASG_REVERT, kinds: ['asg'] },
    from: 'return deploysWanted(newer, plan)\n',
    to: 'return deploysWanted(newer, plan) || newer.id !== plan.to.id\n',
  },
  {
    name: 'asg-overwrites-a-person',
    shows: 'approved-late',
    is: 'a version that a person put on the group after the plan is overwritten',
    ...{ file: ASG_REVERT, kinds: ['asg'] },
    from: 'if (put !== null)\n',
    to: "if (put === '')\n",
  },
  {
    name: 'asg-refresh-without-version',
    is: 'the group keeps the bad version while its instances are replaced',
    ...{ file: ASG_REVERT, kinds: ['asg'] },
    from: 'if (says !== plan.to.id) {',
    to: 'if (says === plan.to.id) {',
  },
  {
    name: 'lambda-writes-without-its-lock',
    shows: 'approved-late',
    is: 'an alias that was changed after the plan is written all the same',
    ...{ file: LAMBDA_REVERT, kinds: ['lambda'] },
    from: 'if (alias === null || !isSameRollout(alias, plan) || arrival(alias, plan) !== null)',
    to: 'if (alias === null || arrival(alias, plan) !== null)',
  },
  {
    name: 'lambda-to-what-was-deleted',
    is: 'the alias is pointed at a version without asking whether it can be invoked',
    ...{ file: LAMBDA_REVERT, kinds: ['lambda'] },
    from: 'if (reason !== null) return',
    to: "if (reason === '') return",
  },
  {
    name: 'lambda-pending-is-arrived',
    is: 'a version whose resources Lambda is restoring counts as there',
    ...{ file: LAMBDA_SETTLED, kinds: ['lambda'] },
    from: 'if (isUnderWay(alias, plan)) return moving(lambda, name, plan);',
    to: 'if (isUnderWay(alias, plan)) return arrived(name, plan);',
  },
];
