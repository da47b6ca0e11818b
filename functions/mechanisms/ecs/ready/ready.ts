import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import { readOr } from '../../../../src/lambda/read-or.ts';
import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import type { Finding } from '../../../../src/readiness/finding.ts';
import { UnsupportedTarget } from '../../../../src/rollback/errors.ts';
import type { Memo } from '../memo.ts';
import type { Tagged } from '../traffic/balancer.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { ofDefinition } from './definition.ts';
import { ofDeploymentGroup } from './deployment-group.ts';
import { ofDrain, ofGrace } from './health-checks.ts';
import { ofImages } from './images.ts';
import { needsOf } from './needs.ts';
import { ofPercents } from './percents.ts';
import { ofBake, ofProtection } from './protection.ts';
import type { ReadyReads } from './reads.ts';
import { ofRules } from './rule.ts';
import { subjectsOf, type Subject } from './subjects.ts';

type Clients = Parameters<typeof subjectsOf>[1] & { readonly ready: ReadyReads };

/** Examines a service, under any deployment controller. */
export function readinessWith(clients: Clients): (examining: Examining<Memo>) => Promise<Examination> {
  return async (examining) => {
    const { ready } = clients;
    const { target } = examining.request;
    const [subjects, service] = await Promise.all([subjectsOf(examining, clients), ready.service(target)]);
    if (service === null) throw new UnsupportedTarget(`${target}: there is no such service`);
    const back = subjects.find(({ isBack }) => isBack) ?? subjects[0];
    const definition = back === undefined ? null : await ready.definition(back.definition.arn);
    const soakMinutes = readSettings(examining.plan.tags).soakMinutes;
    const [images, traffic, group] = await Promise.all([
      imagesOf(subjects, service, ready),
      trafficOf({ service, subjects, definition, soakMinutes }, ready),
      deploymentGroupOf(examining.plan, soakMinutes, ready),
    ]);
    return {
      findings: [
        ...subjects.flatMap(ofDefinition),
        ...images,
        ...ofProtection(service),
        ...ofPercents(service),
        ...ofBake(service),
        ...group,
        ...traffic.findings,
      ],
      needs: needsOf({
        plan: examining.plan,
        service: service.serviceArn ?? '',
        back: definition,
        forwardings: traffic.forwardings,
        taskSets: service.taskSets ?? [],
      }),
    };
  };
}

async function imagesOf(
  subjects: readonly Subject[],
  { serviceArn = '' }: Service,
  { images }: ReadyReads,
): Promise<readonly Finding[]> {
  const [, , , region = '', account = ''] = serviceArn.split(':');
  return (await Promise.all(subjects.map((one) => ofImages(one, { account, region }, images)))).flat();
}

/** Reads the deployment group, where CodeDeploy deploys the service. A plan without a way back does not name it. */
async function deploymentGroupOf(
  plan: Plan<Memo>,
  soakMinutes: number,
  ready: ReadyReads,
): Promise<readonly Finding[]> {
  if (!('memo' in plan) || plan.memo.controller !== 'CODE_DEPLOY') return [];
  const { group } = plan.memo;
  return readOr(`deployment group ${group.group}`, async () =>
    ofDeploymentGroup(group.group, await ready.setup(group), soakMinutes),
  );
}

interface Behind {
  readonly service: Service;
  readonly subjects: readonly Subject[];
  readonly definition: TaskDefinition | null;
  readonly soakMinutes: number;
}

/** Reads the target groups, and the rules that lead to them. */
async function trafficOf(
  { service, subjects, definition, soakMinutes }: Behind,
  ready: ReadyReads,
): Promise<{ readonly findings: readonly Finding[]; readonly forwardings: readonly Tagged[] }> {
  const attached = [
    ...(service.loadBalancers ?? []),
    ...(service.taskSets ?? []).flatMap((set) => set.loadBalancers ?? []),
  ];
  const [first] = service.loadBalancers ?? [];
  const alternate = first?.advancedConfiguration?.alternateTargetGroupArn;
  const groups = [
    ...new Set([
      ...attached.flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
      ...(alternate === undefined ? [] : [alternate]),
    ]),
  ];
  if (groups.length === 0) return { findings: [], forwardings: [] };
  let forwardings: readonly Tagged[] = [];
  const findings = await Promise.all([
    readOr('the target groups of the service', async () => {
      const settings = await ready.groups(groups);
      return [...ofDrain(settings), ...ofGrace(service, settings, definition)];
    }),
    readOr('the rules of the load balancer', async () => {
      forwardings = await ready.forwardings(groups);
      const production = first?.advancedConfiguration?.productionListenerRule;
      const pair = alternate === undefined ? null : ([first?.targetGroupArn ?? '', alternate] as const);
      const serving = servingIn(service) ?? subjects.find(({ isRunning }) => isRunning)?.targetGroups ?? [];
      const rules = production === undefined ? [] : [production];
      return ofRules({ pair, serving, forwardings, production: rules, soakMinutes }, service);
    }),
  ]);
  return { findings: findings.flat(), forwardings };
}

/** Returns the target groups of the primary task set. Null: ECS makes no task sets for this service. */
function servingIn({ taskSets = [] }: Service): readonly string[] | null {
  const primary = taskSets.find(({ status }) => status === 'PRIMARY');
  return primary?.loadBalancers?.flatMap(({ targetGroupArn }) => targetGroupArn ?? []) ?? null;
}
