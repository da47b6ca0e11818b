import {
  GetListenerCommand,
  GetRuleCommand,
  paginateListListeners,
  paginateListRules,
  paginateListTargetGroups,
  paginateListTargets,
  UpdateListenerCommand,
  UpdateRuleCommand,
  type RuleAction,
  type TargetSummary,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { isNamed } from '../../../src/aws/errors.ts';
import type { ForwarderName } from '../../../src/targets/kinds/lattice/target.ts';
import type { Forwarder, Group, Groups, Lattice, NamedRule, Targets } from './lattice.ts';

/** The most rules of a service that a plan's note looks at: two listeners of ten rules each. */
const MAX_RULES = 22;

/** Binds the calls to a client. */
export function createLattice(client: VPCLatticeClient): Lattice {
  return {
    forwarder: (name) => unlessMissing(() => readForwarder(client, name)),
    groups: () => readGroups(client),
    targets: (targetGroupIdentifier) =>
      unlessMissing(async () => {
        const found: TargetSummary[] = [];
        for await (const { items = [] } of paginateListTargets({ client }, { targetGroupIdentifier }))
          found.push(...items);
        return countTargets(found);
      }),
    rules: (service) => readRules(client, service),
    send: (name, action) => send(client, name, action),
  };
}

function keysOf({ service, listener }: Pick<ForwarderName, 'service' | 'listener'>) {
  return { serviceIdentifier: service, listenerIdentifier: listener };
}

async function readForwarder(client: VPCLatticeClient, name: ForwarderName): Promise<Forwarder | null> {
  if (name.rule === null) {
    const { arn, defaultAction } = await client.send(new GetListenerCommand(keysOf(name)));
    return toForwarder(arn, defaultAction, false);
  }
  const command = new GetRuleCommand({ ...keysOf(name), ruleIdentifier: name.rule });
  const { arn, action, isDefault } = await client.send(command);
  return toForwarder(arn, action, isDefault);
}

function toForwarder(
  arn: string | undefined,
  action: RuleAction | undefined,
  isDefault: boolean | undefined,
): Forwarder | null {
  if (arn === undefined || action === undefined) return null;
  return { arn, isDefaultRule: isDefault === true, action };
}

async function readGroups(client: VPCLatticeClient): Promise<Groups> {
  const found = new Map<string, Group>();
  for await (const { items = [] } of paginateListTargetGroups({ client }, { maxResults: 100 }))
    for (const { id = '', name = id, type = '' } of items) found.set(id, { name, type });
  return found;
}

async function readRules(client: VPCLatticeClient, service: string): Promise<readonly NamedRule[]> {
  const names: (Pick<NamedRule, 'title'> & { readonly name: ForwarderName })[] = [];
  for await (const { items: listeners = [] } of paginateListListeners(
    { client },
    { serviceIdentifier: service },
  ))
    for (const { id: listener = '', name: title = '' } of listeners) {
      names.push({ title, name: { service, listener, rule: null } });
      for await (const { items = [] } of paginateListRules({ client }, keysOf({ service, listener })))
        for (const { id = '', name = '', isDefault } of items)
          if (isDefault !== true) names.push({ title: name, name: { service, listener, rule: id } });
    }
  const rules = await Promise.all(
    names.slice(0, MAX_RULES).map(async ({ title, name }) => {
      const found = await unlessMissing(() => readForwarder(client, name));
      return found === null ? [] : [{ name, title, action: found.action }];
    }),
  );
  return rules.flat();
}

/** A default rule takes UpdateListener only. A rule keeps its match and priority where they are left out. */
async function send(client: VPCLatticeClient, name: ForwarderName, action: RuleAction): Promise<void> {
  const keys = keysOf(name);
  if (name.rule === null) await client.send(new UpdateListenerCommand({ ...keys, defaultAction: action }));
  else await client.send(new UpdateRuleCommand({ ...keys, ruleIdentifier: name.rule, action }));
}

/** Counts the states of https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetSummary.html */
function countTargets(all: readonly TargetSummary[]): Targets {
  const registered = all.filter(({ status }) => status !== 'DRAINING');
  const count = (wanted: TargetSummary['status']) =>
    registered.filter(({ status = 'UNAVAILABLE' }) => status === wanted).length;
  return {
    healthy: count('HEALTHY'),
    registered: registered.length,
    unchecked: count('UNAVAILABLE'),
    unused: count('UNUSED'),
    instances: registered.flatMap(({ id = '' }) => (id.startsWith('i-') ? id : [])),
  };
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return null;
    throw error;
  }
}
