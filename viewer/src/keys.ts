/** What each key does while the viewer has the focus. */

export interface Actions {
  search: () => void;
  fit: () => void;
  zoom: (factor: number) => void;
  pan: (right: number, down: number) => void;
  maximise: () => void;
  play: (() => void) | null;
  step: ((by: number) => void) | null;
  leave: () => void;
}

const PAN = 0.12;
const ZOOM = 1.35;

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, select, textarea");
}

export function shortcut(actions: Actions): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = actionOf(event, actions);
    if (!act) return;
    event.preventDefault();
    act();
  };
}

function actionOf(event: KeyboardEvent, actions: Actions): (() => void) | null {
  const { step } = actions;
  switch (event.key) {
    case " ":
      return event.target instanceof HTMLButtonElement ? null : actions.play;
    case "ArrowRight":
      return step ? () => step(1) : () => actions.pan(PAN, 0);
    case "ArrowLeft":
      return step ? () => step(-1) : () => actions.pan(-PAN, 0);
    case "ArrowUp":
      return step ? null : () => actions.pan(0, -PAN);
    case "ArrowDown":
      return step ? null : () => actions.pan(0, PAN);
    case "+":
    case "=":
      return () => actions.zoom(ZOOM);
    case "-":
      return () => actions.zoom(1 / ZOOM);
    case "f":
    case "0":
      return actions.fit;
    case "m":
      return actions.maximise;
    case "Escape":
      return actions.leave;
    default:
      return null;
  }
}
