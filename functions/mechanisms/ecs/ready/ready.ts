import type { Examination, Examining } from '../../../../src/readiness/examination.ts';
import { ofDefinition } from './definition.ts';
import { ofImages, type ImageReads } from './images.ts';
import { subjectsOf } from './subjects.ts';

type Clients = Parameters<typeof subjectsOf>[1] & ImageReads;

/** Examines a service, under any deployment controller. */
export function readinessWith(clients: Clients): (examining: Examining) => Promise<Examination> {
  return async (examining) => {
    const subjects = await subjectsOf(examining, clients);
    const images = await Promise.all(subjects.map((one) => ofImages(one, clients)));
    return { findings: [...subjects.flatMap(ofDefinition), ...images.flat()] };
  };
}
