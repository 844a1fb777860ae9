/**
 * What produces events, by resource (S1SEVEN API information, "Async API", "Events"). The vendor
 * writes `mail_hooks` here and `mailhooks` in its scopes and paths.
 */
export const eventActions = {
  companies: ['update_one', 'delete_one'],
  applications: ['create_one', 'update_one', 'delete_one'],
  wallets: ['create_one', 'update_one', 'delete_one'],
  identities: ['create_one', 'update_one'],
  transactions: ['sign', 'send'],
  certificates: ['notarize_one', 'receive_one'],
  hooks: ['create_one', 'update_one', 'delete_one'],
  mail_hooks: ['create_one', 'update_one', 'delete_one'],
} as const;

/** The same as types: the actions of each resource. */
export type EventActions = {
  [Resource in keyof typeof eventActions]: (typeof eventActions)[Resource][number];
};

/** Any text, beside those that an editor should propose. */
type AnyText = string & Record<never, never>;

/** A resource that produces events. Others are allowed: the vendor's list may grow. */
export type EventResource = keyof EventActions | AnyText;

/** An action that produces events. Others are allowed: the vendor's list may grow. */
export type EventAction = EventActions[keyof EventActions] | AnyText;
