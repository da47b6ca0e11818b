import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles (scripts/build.ts). A Lambda's credentials come from its
 * environment, so it never runs the 70 KB chain of SSO, STS, container and profile providers.
 */
export const defaultProvider = fromEnv;
