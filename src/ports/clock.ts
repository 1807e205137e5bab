// The time, as handlers are told it. Only adapters and main know the real one.
import type { Instant } from '../domain/basics.ts';

export interface Clock {
  now(): Instant;
}
