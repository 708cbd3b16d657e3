/** Says that an event is stored, or was before. */
export class StripeWebhookReceipt {
  /**
   * Always true.
   * @example true
   */
  received: boolean;
}
