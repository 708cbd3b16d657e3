/** The id of an object that another refers to, whether it came expanded or not. */
export const idOf = (reference: string | { id: string } | null | undefined): string | null => (typeof reference === 'string' ? reference : (reference?.id ?? null));
