/** An editor that shows the served page in a frame goes to where what is clicked was written. */

/** Tells it the id of a component or group, or a connection as `a -> b`. */
export function tellEditor(clicked: string | null): void {
  const isServed = document.querySelector("meta[name=archspec-live]") !== null;
  if (clicked !== null && isServed && parent !== window) parent.postMessage({ clicked }, "*");
}
