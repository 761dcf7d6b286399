/** The engine and what asks it, without the page, for tests in a browser. */

export { Engine, programOf } from "./engine/engine";
export { Walker } from "./engine/walker";
export { programText } from "./simulation/asked";
