/** Loose types, so that an expectation is compared when it runs and not when it is compiled. */
export declare const left: (value: unknown) => unknown
export declare const right: (value: unknown) => unknown
export declare const both: (first: unknown, second: unknown) => unknown
export declare const some: (value: unknown) => unknown
export declare const none: unknown
export declare const __same: (actual: unknown, expected: () => unknown, where: string) => void
