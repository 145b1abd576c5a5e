/** Injection token of the name of the service that declares its datasets. */
export const DECLARING_SERVICE = Symbol('DECLARING_SERVICE');
