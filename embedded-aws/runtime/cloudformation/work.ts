import { AwsError } from '../../world/service.ts';
import { resolve } from '../stack/intrinsics.ts';
import { cleanUp } from './clean-up.ts';
import { record, recordStack } from './events.ts';
import { madeOf, nameOf, outputsOf, reasonOf, scopeIn, typeOf, type Work } from './making.ts';
import type { Made, Properties, ResourceType } from './resource-type.ts';
import type { Stack, StackResource } from './stack.ts';
import { withTags } from './tags.ts';
import { goBack, goForward } from './update.ts';

/** Moves a stack on by one step. Returns false when it has nothing left to do. */
export async function advance(work: Work, stack: Stack): Promise<boolean> {
  switch (stack.status) {
    case 'CREATE_IN_PROGRESS':
      return create(work, stack);
    case 'UPDATE_IN_PROGRESS':
      return goForward(work, stack);
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return goBack(work, stack);
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      return cleanUp(work, stack, 'UPDATE_COMPLETE');
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      return cleanUp(work, stack, 'UPDATE_ROLLBACK_COMPLETE');
    case 'ROLLBACK_IN_PROGRESS':
      return remove(work, stack, 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED');
    case 'DELETE_IN_PROGRESS':
      return remove(work, stack, 'DELETE_COMPLETE', 'DELETE_FAILED');
    default:
      return false;
  }
}

async function create(work: Work, stack: Stack): Promise<boolean> {
  const { resources } = stack;
  for (const resource of resources.values()) {
    if (resource.status === 'CREATE_IN_PROGRESS') await settle(work, stack, resource);
    else if (resource.status === null && isReady(stack, resource)) await begin(work, stack, resource);
  }
  const all = [...resources.values()];
  const failed = all.filter(({ status }) => status === 'CREATE_FAILED');
  if (failed.length > 0) {
    for (const resource of all.filter(({ status }) => status === 'CREATE_IN_PROGRESS'))
      record(work, stack, resource, 'CREATE_FAILED', 'Resource creation cancelled');
    const names = failed.map(({ id }) => id).join(', ');
    const reason = `The following resource(s) failed to create: [${names}]. Rollback requested by user.`;
    recordStack(work, stack, 'ROLLBACK_IN_PROGRESS', reason);
    return true;
  }
  if (all.some(({ status }) => status !== 'CREATE_COMPLETE')) return true;
  stack.outputs = outputsOf(stack);
  recordStack(work, stack, 'CREATE_COMPLETE');
  return false;
}

function isReady({ template, resources }: Stack, { id }: StackResource): boolean {
  const after = template.Resources[id]?.after ?? [];
  return after.every((one) => resources.get(one)?.status === 'CREATE_COMPLETE');
}

async function begin(work: Work, stack: Stack, resource: StackResource): Promise<void> {
  const { id } = resource;
  record(work, stack, resource, 'CREATE_IN_PROGRESS');
  try {
    const type = typeOf(resource);
    const given = resolve(stack.template.Resources[id]?.Properties ?? {}, scopeIn(stack)) as Properties;
    resource.properties = withTags(stack, id, type, given);
    const { properties } = resource;
    resource.created = await type.create({
      properties,
      name: nameOf(work, stack, id),
      call: work.callAs(stack.creator),
    });
    record(work, stack, resource, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  } catch (error) {
    record(work, stack, resource, 'CREATE_FAILED', reasonOf(error));
  }
}

async function settle(work: Work, stack: Stack, resource: StackResource): Promise<void> {
  try {
    const isStable = (await typeOf(resource).isStable?.(madeOf(work, stack, resource))) ?? true;
    if (isStable) record(work, stack, resource, 'CREATE_COMPLETE');
  } catch (error) {
    record(work, stack, resource, 'CREATE_FAILED', reasonOf(error));
  }
}

type Removed = 'ROLLBACK_COMPLETE' | 'DELETE_COMPLETE';
type NotRemoved = 'ROLLBACK_FAILED' | 'DELETE_FAILED';

/** Deletes what exists, dependent resources first. */
async function remove(work: Work, stack: Stack, done: Removed, failed: NotRemoved): Promise<boolean> {
  const all = [...stack.resources.values()];
  for (const resource of all) {
    if (resource.status === 'DELETE_IN_PROGRESS') await finish(work, stack, resource);
    else if (isFree(stack, resource)) await unmake(work, stack, resource);
  }
  if (all.some(({ status }) => status === 'DELETE_IN_PROGRESS')) return true;
  const stuck = all.filter(({ status }) => status === 'DELETE_FAILED').map(({ id }) => id);
  if (stuck.length > 0) {
    const reason = `The following resource(s) failed to delete: [${stuck.join(', ')}]. `;
    recordStack(work, stack, failed, reason);
    return false;
  }
  if (all.some((resource) => exists(resource))) return true;
  if (done === 'DELETE_COMPLETE') stack.deletedAt = new Date(work.clock.now());
  recordStack(work, stack, done);
  return false;
}

/** Returns whether a resource exists and no other one depends on it any more. */
function isFree({ template, resources }: Stack, resource: StackResource): boolean {
  if (!exists(resource) || resource.status === 'DELETE_FAILED') return false;
  const dependent = [...resources.values()].filter(({ id }) =>
    template.Resources[id]?.after.includes(resource.id),
  );
  return dependent.every((one) => !exists(one));
}

export function exists({ created, status }: StackResource): boolean {
  return created !== null && status !== 'DELETE_COMPLETE';
}

async function unmake(work: Work, stack: Stack, resource: StackResource): Promise<void> {
  record(work, stack, resource, 'DELETE_IN_PROGRESS');
  await trying(work, stack, resource, (type, made) => type.delete(made));
}

async function finish(work: Work, stack: Stack, resource: StackResource): Promise<void> {
  await trying(work, stack, resource, async (type, made) => {
    const isGone = (await type.isGone?.(made)) ?? true;
    if (isGone) record(work, stack, resource, 'DELETE_COMPLETE');
  });
}

/** A resource that is gone already counts as deleted. */
async function trying(
  work: Work,
  stack: Stack,
  resource: StackResource,
  task: (type: ResourceType, made: Made) => Promise<unknown>,
): Promise<void> {
  try {
    await task(typeOf(resource), madeOf(work, stack, resource));
  } catch (error) {
    const isGone = error instanceof AwsError && /NotFound|NoSuchEntity/.test(error.code);
    record(work, stack, resource, isGone ? 'DELETE_COMPLETE' : 'DELETE_FAILED', reasonOf(error));
  }
}
