import type { McuCallbacks } from './callbacks.js';
import type { McuCalls } from './calls.js';
import type { ControllerOptions } from './configs.js';

export type * from './callbacks.js';
export type * from './calls.js';
export type * from './configs.js';

export interface McuController extends McuCalls, McuCallbacks {}

/** One terminal of one user. Make one, override its callbacks, call `Connect`. */
export class McuController {
  constructor(options?: ControllerOptions);
}

declare global {
  interface Window {
    /** Set by the script `/sdk/mcu/mcu.js`. */
    McuController: typeof McuController;
  }
}
