/** Live channel of one person: their notifications, their donations. */
export const personChannel = (userId: string): string => `user:${userId}`;
