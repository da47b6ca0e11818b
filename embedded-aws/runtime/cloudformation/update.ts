import { resolve } from '../stack/intrinsics.ts';
import { record, recordStack } from './events.ts';
import { madeOf, nameOf, outputsOf, reasonOf, scopeIn, typeOf, type Work } from './making.ts';
import { changedIn, type Properties } from './resource-type.ts';
import type { Configuration, Stack, StackResource, Update } from './stack.ts';
import { withTags } from './tags.ts';

/*
 * The update of a stack, and its rollback. Each changes resources in the order of their references. A replaced resource
 * stays until the end:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */

/** Begins an update. Its resources are looked at by the next steps. */
export function beginUpdate(stack: Stack, wanted: Configuration): void {
  const { template, parameters, monitoringMinutes } = stack;
  stack.update = {
    stable: { template, parameters },
    pending: new Set(stack.resources.keys()),
    before: new Map(),
    obsolete: [],
    monitoring: monitoringMinutes * 60_000,
    monitoredUntil: null,
  };
  Object.assign(stack, wanted);
}

/**
 * Changes what differs. After the last resource, the update goes on for its monitoring time:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html
 */
export async function goForward(work: Work, stack: Stack): Promise<boolean> {
  const update = updateOf(stack);
  const { pending } = update;
  for (const resource of inProgress(stack)) await settle(work, stack, resource);
  for (const resource of ready(stack)) {
    pending.delete(resource.id);
    const wanted = wantedOf(stack, resource);
    if (wanted !== null) await change(work, stack, resource, wanted);
  }
  // It may have been cancelled while a call was under way.
  if (stack.status !== 'UPDATE_IN_PROGRESS') return true;
  const failed = failedIn(stack);
  if (failed.length > 0) {
    beginRollback(work, stack, `The following resource(s) failed to update: [${failed.join(', ')}]. `);
    return true;
  }
  if (pending.size > 0 || inProgress(stack).length > 0) return true;
  update.monitoredUntil ??= work.clock.now() + update.monitoring;
  if (work.clock.now() < update.monitoredUntil) return true;
  stack.outputs = outputsOf(stack);
  recordStack(work, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  return true;
}

/**
 * Begins the rollback of the update that runs.
 * @param token of the request that cancelled it
 */
export function beginRollback(work: Work, stack: Stack, reason: string, token?: string): void {
  const { before, pending, stable } = updateOf(stack);
  for (const resource of inProgress(stack))
    record(work, stack, resource, 'UPDATE_FAILED', 'Resource update cancelled');
  pending.clear();
  for (const id of before.keys()) pending.add(id);
  Object.assign(stack, stable);
  recordStack(work, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason, token);
}

/** Changes every changed resource back. */
export async function goBack(work: Work, stack: Stack): Promise<boolean> {
  const { pending, before } = updateOf(stack);
  for (const resource of inProgress(stack)) await settle(work, stack, resource);
  for (const resource of ready(stack)) {
    pending.delete(resource.id);
    const was = before.get(resource.id);
    if (was !== undefined) await restore(work, stack, resource, was);
  }
  const failed = failedIn(stack).filter((id) => !pending.has(id));
  if (failed.length > 0) {
    const reason = `The following resource(s) failed to update: [${failed.join(', ')}]. `;
    recordStack(work, stack, 'UPDATE_ROLLBACK_FAILED', reason);
    return false;
  }
  if (pending.size > 0 || inProgress(stack).length > 0) return true;
  recordStack(work, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  return true;
}

function updateOf({ name, update }: Stack): Update {
  if (update === null) throw new Error(`${name} was never updated`);
  return update;
}

function inProgress({ resources }: Stack): readonly StackResource[] {
  return [...resources.values()].filter(({ status }) => status === 'UPDATE_IN_PROGRESS');
}

function failedIn({ resources }: Stack): readonly string[] {
  return [...resources.values()].filter(({ status }) => status === 'UPDATE_FAILED').map(({ id }) => id);
}

/** Returns the resources whose turn it is: those before them are neither waiting nor being changed. */
function ready(stack: Stack): readonly StackResource[] {
  const { pending } = updateOf(stack);
  const busy = new Set([...pending, ...inProgress(stack).map(({ id }) => id)]);
  return [...stack.resources.values()].filter(({ id }) => {
    const after = stack.template.Resources[id]?.after ?? [];
    return pending.has(id) && !after.some((one) => busy.has(one));
  });
}

/** Returns the properties that a resource gets; null if it keeps its own. */
function wantedOf(stack: Stack, resource: StackResource): Properties | null {
  const given = resolve(stack.template.Resources[resource.id]?.Properties ?? {}, scopeIn(stack));
  const wanted = withTags(stack, resource.id, typeOf(resource), given as Properties);
  return changedIn(resource.properties, wanted).length === 0 ? null : wanted;
}

const REPLACES = 'Requested update requires the creation of a new physical resource; hence creating one.';

async function change(work: Work, stack: Stack, resource: StackResource, wanted: Properties): Promise<void> {
  const { created, properties } = resource;
  if (created === null) throw new Error(`${resource.id} was never created`);
  const update = updateOf(stack);
  const type = typeOf(resource);
  const isReplaced = changedIn(properties, wanted).some((name) => type.replacedBy?.includes(name));
  // Unknown: stack-replacement-reason.
  record(work, stack, resource, 'UPDATE_IN_PROGRESS', isReplaced ? REPLACES : undefined);
  update.before.set(resource.id, { properties, created });
  try {
    if (isReplaced) {
      const name = nameOf(work, stack, `${resource.id}/${stack.operation.id}`);
      resource.created = await type.create({ properties: wanted, name, call: work.callAs(stack.creator) });
      update.obsolete = [...update.obsolete, { ...resource, properties, created }];
    } else {
      if (type.update === undefined) throw new Error(`updates of ${resource.type} are not modelled here`);
      await type.update(madeOf(work, stack, resource), wanted);
    }
    resource.properties = wanted;
  } catch (error) {
    record(work, stack, resource, 'UPDATE_FAILED', reasonOf(error));
  }
}

/** Changes a resource back, or takes back the one that was replaced. */
async function restore(
  work: Work,
  stack: Stack,
  resource: StackResource,
  { properties, created }: Pick<StackResource, 'properties'> & { readonly created: StackResource['created'] },
): Promise<void> {
  const update = updateOf(stack);
  record(work, stack, resource, 'UPDATE_IN_PROGRESS');
  try {
    if (resource.created !== null && resource.created.ref !== created?.ref) {
      const others = update.obsolete.filter(({ id }) => id !== resource.id);
      update.obsolete = [...others, { ...resource, created: resource.created }];
      resource.created = created;
    } else if (changedIn(resource.properties, properties).length > 0) {
      await typeOf(resource).update?.(madeOf(work, stack, resource), properties);
    }
    resource.properties = properties;
  } catch (error) {
    record(work, stack, resource, 'UPDATE_FAILED', reasonOf(error));
  }
}

async function settle(work: Work, stack: Stack, resource: StackResource): Promise<void> {
  try {
    const isStable = (await typeOf(resource).isStable?.(madeOf(work, stack, resource))) ?? true;
    if (isStable) record(work, stack, resource, 'UPDATE_COMPLETE');
  } catch (error) {
    record(work, stack, resource, 'UPDATE_FAILED', reasonOf(error));
  }
}
