/**
 * Replaces `@smithy/core/event-streams` in the bundles (scripts/build.ts). Every AWS client would carry 15 KB for streams
 * of events, and no call of Lastgood has one. A call that does throws.
 */
export function EventStreamSerde(): never {
  throw new Error('The bundles leave out event streams (src/lambda/no-event-streams.ts).');
}

/** Clients with such calls make a marshaller at once, and use it only for those. */
export function eventStreamSerdeProvider(): Readonly<Record<string, never>> {
  return {};
}

export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}
