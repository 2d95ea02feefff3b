export { McuController } from './controller.js';
