import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/** Returns the type of each resource of a packaged template. */
export function typesIn(file: string): readonly string[] {
  const { Resources } = Template.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.values(Resources).map(({ Type }) => Type);
}
