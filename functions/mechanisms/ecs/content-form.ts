import { ServiceRevision$, TaskDefinition$ } from '@aws-sdk/client-ecs';
import { FIELDS } from './configuration.ts';
import { digestOf } from './definition.ts';

/** Increased with every change to what goes into a content. */
const EDITION = 1;

let form: string | null = null;

/**
 * Returns a name for the form of contents. The ledger keeps contents for months, and an update of the SDK makes it read
 * settings that it did not know before: the same revision would then look like another one. So contents of different
 * forms are never compared.
 */
export function formOf(): string {
  form ??= digestOf(JSON.stringify([EDITION, FIELDS, membersOf([ServiceRevision$, TaskDefinition$])])).slice(
    0,
    8,
  );
  return form;
}

/** Returns every name in schemas of the SDK, which are nested lists with functions for what they refer to. */
function membersOf(schemas: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof schemas === 'string') return [schemas];
  if (typeof schemas === 'function') return membersOf((schemas as () => unknown)(), seen);
  if (!Array.isArray(schemas) || seen.has(schemas)) return [];
  seen.add(schemas);
  return schemas.flatMap((part) => membersOf(part, seen));
}
