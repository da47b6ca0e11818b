import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (scripts/build.ts). A Lambda's credentials come from
 * its environment; the chain of SSO, STS, container and profile providers is some 70 KB that it never runs.
 */
export const defaultProvider = fromEnv;
