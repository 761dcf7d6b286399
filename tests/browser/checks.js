// Checks that run in the page; each gives a list of complaints.

function visible(element) {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 1 && box.height > 1 && style.visibility === "visible" && style.clipPath === "none";
}

function unnamed() {
  const wanted = "button, a[href], input, select, summary, [role=button], [tabindex='0']";
  return [...document.querySelectorAll(wanted)]
    .filter((each) => {
      const label = each.getAttribute("aria-label") || each.textContent.trim() || each.title;
      const labels = each.labels && [...each.labels].map((one) => one.textContent.trim()).join("");
      return !label && !labels;
    })
    .map((each) => each.outerHTML.slice(0, 120));
}

function headings() {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5")]
    .filter((each) => each.checkVisibility())
    .map((each) => Number(each.tagName[1]));
  const complaints = levels.filter((level) => level === 1).length === 1 ? [] : ["not exactly one h1"];
  levels.forEach((level, i) => {
    if (i && level > levels[i - 1] + 1) complaints.push(`h${level} after h${levels[i - 1]}`);
  });
  return complaints;
}

function doubled() {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}

function colour(text) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

function ground(element) {
  for (let at = element; at; at = at.parentElement) {
    const found = colour(getComputedStyle(at).backgroundColor);
    if (found[3] > 0.99) return found;
  }
  return [255, 255, 255, 1];
}

function luminance([r, g, b]) {
  const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

function pale() {
  const complaints = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || !visible(element)) continue;
    if (element.closest("svg, script, :disabled, .later, .hidden")) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(colour(style.color)), luminance(ground(element))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 600);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) complaints.add(`${ratio.toFixed(2)} ${element.className}: ${element.textContent.slice(0, 40)}`);
  }
  return [...complaints];
}

function wide() {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} px in ${root.clientWidth}`] : [];
}
