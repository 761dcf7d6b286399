/** The clock of a run: play, pause, how fast, and a slider over the whole time with what goes wrong, and the alerts that fire, marked. */

import { useReducer } from "preact/hooks";
import { firingsOf } from "./alerts";
import { FASTEST, type Live } from "./live";
import { clock } from "./panel";

const SPEEDS: [name: string, speed: number][] = [
  ["0.1×", 0.1],
  ["1×", 1],
  ["5×", 5],
  ["20×", 20],
  ["Fastest", FASTEST],
];

export function Clock({ live }: { live: Live }) {
  const [, show] = useReducer((count: number) => count + 1, 0);
  const { duration: whole, asked } = live.playing;
  const play = (): void => {
    if (live.isOver) live.seek(0);
    live.isRunning = !live.isRunning;
    show(0);
  };
  const faults = [...asked.play.faults, ...asked.faults].filter(({ at }) => at < whole);
  return (
    <div class="clock">
      <div class="controls" role="group" aria-label="Clock">
        <button type="button" class="play" aria-pressed={live.isRunning} onClick={play}>
          {live.isRunning ? "Pause" : "Play"}
        </button>
        <label class="choice">
          <span class="hidden">Speed</span>
          <select
            value={String(live.speed)}
            onChange={(event) => {
              live.speed = Number(event.currentTarget.value);
              show(0);
            }}
          >
            {SPEEDS.map(([name, speed]) => (
              <option key={name} value={String(speed)}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span class="at">
          {live.isCatchingUp ? "… " : ""}
          {clock(live.moment)} of {clock(whole)}
        </span>
      </div>
      <div class="scrubber">
        <svg viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
          <rect class="reached" width={(1000 * live.playing.front) / whole} height="6" />
          {faults.map(({ at, until }, index) => (
            <rect key={index} class="fault" x={(1000 * at) / whole} width={Math.max(3, (1000 * ((until ?? whole) - at)) / whole)} height="6" />
          ))}
          {firingsOf(live.playing.alerts).map(({ alert, from, until }) => (
            <rect key={`${alert.id} ${from}`} class="firing" x={(1000 * from) / whole} y="4" width={Math.max(3, (1000 * ((until ?? live.playing.front) - from)) / whole)} height="2" />
          ))}
        </svg>
        <input
          type="range"
          aria-label="Moment of the run"
          aria-valuetext={clock(live.moment)}
          min="0"
          max="1000"
          step="1"
          value={Math.round((1000 * live.moment) / whole)}
          onInput={(event) => {
            live.isRunning = false;
            live.seek((Number(event.currentTarget.value) / 1000) * whole);
            show(0);
          }}
        />
      </div>
    </div>
  );
}
