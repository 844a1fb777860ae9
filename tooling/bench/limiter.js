// The limiter without waiting: a permit taken and given back.
import { Limiter } from '@vendorkit/core';
import { compare, processorTime } from './rounds.js';

const parts = 200_000;
const request = { scopes: { service: 'a' }, priority: 'interactive', deadlineAt: Infinity };

const variants = {
  'await Promise.resolve()': async () => {
    for (let index = 0; index < parts; index += 1) await Promise.resolve();
  },
  'acquire and release': async () => {
    const limiter = new Limiter([{ key: 'service', limit: 1_000, windowMs: 60_000 }]);
    for (let index = 0; index < parts; index += 1) {
      const admission = await limiter.acquire(request);
      admission.permit.release();
    }
  },
  'acquire and settle, one rule': async () => {
    const limiter = new Limiter([{ key: 'service', limit: 1_000_000, windowMs: 60_000 }]);
    for (let index = 0; index < parts; index += 1) {
      const admission = await limiter.acquire(request);
      admission.permit.settle();
    }
  },
};

export const limiter = () =>
  compare('limiter, uncontended', variants, {
    rounds: 11,
    unit: 'us',
    measure: (work) => processorTime(work, parts),
  });
