/** The engine alone, for tests in a browser. */

export { Engine, programOf } from "./engine/engine";
export { Walker } from "./engine/walker";
