import type { Entity, Open, Related } from './entity.ts';
import type { Mailhook } from './mailhook.ts';
import type { ScopeAction, ScopeResource } from './scope.ts';

/** A mail that told of an event, and how that went (OpenAPI 0.3.0 of 2021). */
export interface Mail extends Entity {
  resource: Open<ScopeResource>;
  action: Open<ScopeAction>;
  to: string[];
  cc?: string[];
  from: string;
  subject: string;
  content: { value: string; type: Open<'text/html' | 'text/plain'>; [field: string]: unknown }[];
  attachments?: MailAttachment[];
  error?: unknown;
  delivered?: boolean;
  /** Why it was not. */
  deliveryError?: string;
  hook: Related<Mailhook>;
}

/** A file in a {@link Mail}. */
export interface MailAttachment {
  /** Its bytes, in base64. */
  content: string;
  filename: string;
  /** Its media type. */
  type?: string;
  disposition?: string;
  contentId?: string;
  [field: string]: unknown;
}

/** What of a mail changes. Which fields can is not public. */
export type UpdateMail = Readonly<Record<string, unknown>>;
