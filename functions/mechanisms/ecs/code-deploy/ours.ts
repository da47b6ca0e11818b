import type { CodeDeployment } from './code-deploy.ts';

const PREFIX = 'Lastgood goes back: ';

/** What a deployment of ours says of itself: by the execution that made it, so that a retry finds it. */
export function descriptionOf(execution: string): string {
  return `${PREFIX}${execution.slice(execution.lastIndexOf(':') + 1)}`;
}

export function isOurs({ description }: CodeDeployment): boolean {
  return description.startsWith(PREFIX);
}
