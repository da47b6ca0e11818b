declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** A DynamoDB server in memory. The delay is CreateTable's, in milliseconds. */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}
