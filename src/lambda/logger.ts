import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs; the service and level come from the environment that serverless.yml sets. */
export const logger = new Logger();
