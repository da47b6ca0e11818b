import { readableReason, withPeople } from '../../src/rollback/readable.ts';

/** Shortens texts for a terminal: long numbers, instants, people, ARNs and ids. Says nothing else. */
export function tidy(text: string): string {
  return withPeople(readableReason(text))
    .replaceAll(/\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)(?:\.\d+)?Z/g, '$1 UTC')
    .replaceAll(/arn:aws[\w-]*:[\w-]+:[\w-]*:\d*:\S*?([\w-]+)(?=[^\w/:-]|: |:?$)/g, '$1')
    .replaceAll(/\b(?:ecs-svc\/)?(\d{15,})\b/g, (_, id: string) => `…${id.slice(-4)}`);
}
