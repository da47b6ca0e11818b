import { nightOn, step } from '../nights.ts';
import type { Plant } from '../plant.ts';

const CAPACITY = 'Argo Rollouts 4612: 70 % of the traffic to what was scaled for 5 %';
const ELB_REVERT = 'functions/mechanisms/elb/revert.ts';
const LATTICE_CAPACITY = 'functions/mechanisms/lattice/capacity.ts';
const ROUTE53_REVERT = 'functions/mechanisms/route53/revert.ts';

/** Two releases within one soak: a good one on green, and then a bad canary on blue, which is proven with the first. */
const SWAPPED = nightOn(
  'route53/pipeline/canary',
  [step(60, 'release', { way: 'good' }), step(800, 'release', { way: 'errors' })],
  {
    tags: { lastgood: 'auto', 'lastgood:soak': '15' },
    alarm: { on: 'count', minutes: 1, missing: 'notBreaching', composite: false },
  },
);

/** Ways back of kinds that move traffic by weights, aliases and stages. */
export const traffic: readonly Plant[] = [
  {
    name: 'suspect-side-is-gone-back-to',
    is: 'all the traffic goes to the side that the bad canary just went to',
    ...{ file: 'src/rollback/still-proven.ts', kinds: ['elb', 'route53'], story: SWAPPED },
    from: 'if (isRaised === true)',
    to: 'if (isRaised === true && hidden.length === 0)',
  },
  {
    name: 'every-side-is-the-old-one',
    is: 'a side that had no traffic before the bad canary counts as the one that had most',
    ...{ file: 'src/ledger/way-candidates.ts', kinds: ['elb', 'route53'], story: SWAPPED },
    from: 'const OLD_SIDE = 0.5;',
    to: 'const OLD_SIDE = 0;',
  },
  {
    name: 'elb-weight-before-capacity',
    is: 'the weights move before the groups have grown',
    repeats: CAPACITY,
    ...{ file: ELB_REVERT, kinds: ['elb'] },
    from: 'return growths.length > 0\n',
    to: 'return growths.length > 99\n',
  },
  {
    name: 'elb-counts-the-healthy-ones',
    is: 'as many targets suffice as the failing revision has healthy ones',
    repeats: CAPACITY,
    ...{ file: 'functions/mechanisms/elb/capacity.ts', kinds: ['elb'] },
    from: 'behind.get(targetGroup)?.registered ?? 0));',
    to: 'behind.get(targetGroup)?.healthy ?? 0));',
  },
  {
    name: 'elb-overwrites-a-person',
    is: 'weights that a person set after the plan are overwritten',
    ...{ file: ELB_REVERT, kinds: ['elb'] },
    from: 'if (!hasMoved && !isSame(present, from))\n',
    to: 'if (present.length === 0)\n',
  },
  {
    name: 'lattice-weight-before-capacity',
    is: 'the weights move to groups that cannot carry the traffic',
    repeats: CAPACITY,
    ...{ file: 'functions/mechanisms/lattice/revert.ts', kinds: ['lattice'] },
    from: 'if (why !== null) return failed(why);',
    to: "if (why === '') return failed(why);",
  },
  {
    name: 'lattice-unchecked-is-healthy',
    is: 'a group whose targets are not checked can carry the traffic',
    repeats: 'AWS us-east-1, December 2021: no healthy without data',
    ...{ file: LATTICE_CAPACITY, kinds: ['lattice'] },
    from: 'return whyUnknown(name, targets) ?? whyTooFew(',
    to: 'return whyTooFew(',
  },
  {
    name: 'route53-weight-before-capacity',
    is: 'the weights move to records that cannot answer for all',
    repeats: CAPACITY,
    ...{ file: ROUTE53_REVERT, kinds: ['route53'] },
    from: 'if (blockers.length > 0) return failed(',
    to: 'if (blockers.length > 99) return failed(',
  },
  {
    name: 'route53-writes-without-consent',
    is: 'the tag of the zone is not read again before the write, and IAM cannot check it',
    ...{ file: ROUTE53_REVERT, kinds: ['route53'] },
    from: '    checkConsent(request.target, tags ?? {});\n',
    to: '',
  },
  {
    name: 'route53-forgets-the-resolvers',
    is: 'the old answer counts as gone before its TTL has passed',
    ...{ file: 'functions/mechanisms/route53/settled.ts', kinds: ['route53'] },
    from: 'USUAL_SYNC_SECONDS + lifetime.ttl',
    to: 'USUAL_SYNC_SECONDS',
  },
  {
    name: 'lambda-canary-keeps-its-weight',
    is: 'the alias points back, and the canary keeps its share',
    repeats: 'Argo Rollouts 4841: an aborted canary never returned to weight 0',
    ...{ file: 'functions/mechanisms/lambda/sdk.ts', kinds: ['lambda'] },
    from: '            RoutingConfig: { AdditionalVersionWeights: {} },\n',
    to: '',
  },
  {
    name: 'apigateway-canary-stays',
    is: 'the stage gets its deployment back, and the canary stays',
    repeats: 'Argo Rollouts 4841: an aborted canary never returned to weight 0',
    ...{ file: 'functions/mechanisms/apigateway/change.ts', kinds: ['apigateway'] },
    from: 'return [...canary, ...deployment,',
    to: 'return [...canary.slice(1), ...deployment,',
  },
  {
    name: 'apigateway-keeps-new-variables',
    is: 'the old deployment runs with the variables of the new one',
    repeats: 'copilot-cli 4838: the rollback left other settings changed, and the service down',
    ...{ file: 'functions/mechanisms/apigateway/change.ts', kinds: ['apigateway'] },
    from: '...deployment, ...changesTo(variables, stage.variables)];',
    to: '...deployment, ...changesTo(variables, stage.variables).slice(99)];',
  },
  {
    name: 'apigateway-undoes-a-newer-deployment',
    is: 'a stage that was deployed after the plan is overwritten',
    ...{ file: 'functions/mechanisms/apigateway/revert.ts', kinds: ['apigateway'] },
    from: 'if (!isSameRollout(stage, plan)) return changed(stage, plan);',
    to: "if (stage.stage === '') return changed(stage, plan);",
  },
];
