import { busPolicyDeny } from './bus-policy-deny.ts';
import { currentServiceDeployment } from './current-service-deployment.ts';
import { ecsSvcNumber } from './ecs-svc-number.ts';
import type { Question } from './question.ts';

/** The entries of docs/unknown.md that the throw-away stack can answer. */
export const QUESTIONS: readonly Question[] = [currentServiceDeployment, ecsSvcNumber, busPolicyDeny];
