/** Signs on buttons, drawn: not every font has them. */

function sign(path: string) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const ICONS = {
  first: sign("M4 3v10M13 3.5 7 8l6 4.5z"),
  back: sign("M11 3.5 5 8l6 4.5z"),
  on: sign("M5 3.5 11 8l-6 4.5z"),
  bell: sign("M8 2.5a3.5 3.5 0 0 0-3.5 3.5c0 3-1 4-1.5 5h10c-.5-1-1.5-2-1.5-5A3.5 3.5 0 0 0 8 2.5zM7 13.2h2"),
  close: sign("M4 4l8 8M12 4l-8 8"),
};
