// What the WebAssembly build of Graphviz expects of a browser and a bare V8 lacks.
var window = globalThis;
var self = globalThis;
var location = { href: "", pathname: "/" };
var document = { currentScript: { tagName: "SCRIPT", src: "" }, baseURI: "" };
var URL = class { constructor(path) { this.href = String(path); } };
var console = { log() {}, warn() {}, error() {}, info() {}, debug() {} };
var performance = { now: () => 0 };
// Constant on purpose: a layout must come out the same every time.
var crypto = { getRandomValues: (array) => array.fill(7) };

class TextEncoder {
  encode(text) {
    const escaped = unescape(encodeURIComponent(text));
    return Uint8Array.from(escaped, (character) => character.charCodeAt(0));
  }
}

class TextDecoder {
  decode(view) {
    const bytes = new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0, view.byteLength);
    const pieces = [];
    for (let start = 0; start < bytes.length; start += 8192) {
      pieces.push(String.fromCharCode.apply(null, bytes.subarray(start, start + 8192)));
    }
    return decodeURIComponent(escape(pieces.join("")));
  }
}

function atob(text) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const output = [];
  let bits = 0;
  let count = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      output.push(String.fromCharCode((bits >> count) & 255));
    }
  }
  return output.join("");
}
