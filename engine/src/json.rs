//! JSON (RFC 8259) as a tree of values, and a way to read it with errors that name the place.

use std::collections::BTreeMap;

/// A value of JSON. Whole numbers keep all of their digits.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// Reads a text; an error says what is wrong and at which byte.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut parser = Parser { bytes: text.as_bytes(), at: 0, depth: 0 };
    let value = parser.value()?;
    parser.blank();
    if parser.at < parser.bytes.len() {
        return Err(parser.error("more text after the value"));
    }
    Ok(value)
}

const DEEPEST: usize = 64;

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn error(&self, what: &str) -> String {
        format!("{what} at byte {}", self.at)
    }

    fn blank(&mut self) {
        while self.at < self.bytes.len() && b" \t\r\n".contains(&self.bytes[self.at]) {
            self.at += 1;
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn value(&mut self) -> Result<Json, String> {
        self.blank();
        match self.peek() {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::list),
            b'"' => Ok(Json::Text(self.text()?)),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        if self.depth == DEEPEST {
            return Err(self.error("too deeply nested"));
        }
        self.depth += 1;
        self.at += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, String> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("no value"))
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let start = self.at;
        while self.at < self.bytes.len() && b"+-.eE0123456789".contains(&self.bytes[self.at]) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        if let Ok(whole) = text.parse::<i64>() {
            return Ok(Json::Whole(whole));
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Json::Number(number)),
            _ => Err(self.error("no value")),
        }
    }

    fn list(&mut self) -> Result<Json, String> {
        let mut found = Vec::new();
        self.blank();
        if self.peek() == b']' {
            self.at += 1;
            return Ok(Json::List(found));
        }
        loop {
            found.push(self.value()?);
            self.blank();
            if self.ends(b']', "neither , nor ]")? {
                return Ok(Json::List(found));
            }
        }
    }

    /// Whether a list or object ends here, or goes on behind a comma.
    fn ends(&mut self, end: u8, wrong: &str) -> Result<bool, String> {
        let found = self.peek();
        if found != end && found != b',' {
            return Err(self.error(wrong));
        }
        self.at += 1;
        Ok(found == end)
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut found = BTreeMap::new();
        self.blank();
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(Json::Object(found));
        }
        loop {
            self.blank();
            if self.peek() != b'"' {
                return Err(self.error("no key"));
            }
            let key = self.text()?;
            self.blank();
            if self.peek() != b':' {
                return Err(self.error("no :"));
            }
            self.at += 1;
            let value = self.value()?;
            found.insert(key, value);
            self.blank();
            if self.ends(b'}', "neither , nor }")? {
                return Ok(Json::Object(found));
            }
        }
    }

    fn text(&mut self) -> Result<String, String> {
        self.at += 1;
        let mut found: Vec<u8> = Vec::new();
        loop {
            let byte = match self.bytes.get(self.at) {
                Some(byte) => *byte,
                None => return Err(self.error("no end of a text")),
            };
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(found).map_err(|_| self.error("no UTF-8")),
                b'\\' => {
                    let escaped = self.escaped()?;
                    let mut buffer = [0; 4];
                    found.extend_from_slice(escaped.encode_utf8(&mut buffer).as_bytes());
                }
                _ => found.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let byte = self.peek();
        self.at += 1;
        Ok(match byte {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'"' | b'\\' | b'/' => byte as char,
            b'u' => {
                let high = self.hexadecimal()?;
                let code = if (0xD800..0xDC00).contains(&high) && self.bytes[self.at..].starts_with(b"\\u") {
                    self.at += 2;
                    0x10000 + ((high - 0xD800) << 10) + (self.hexadecimal()? & 0x3FF)
                } else {
                    high
                };
                char::from_u32(code).unwrap_or('\u{FFFD}')
            }
            _ => return Err(self.error("no escape")),
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, String> {
        let digits = self.bytes.get(self.at..self.at + 4).and_then(|four| std::str::from_utf8(four).ok());
        self.at += 4;
        digits.and_then(|four| u32::from_str_radix(four, 16).ok()).ok_or_else(|| self.error("no four digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_value() {
        let value = parse(r#"{"a": [1, -2.5, true, null, "\u00e9\n"], "b": 4611686018427387904}"#).unwrap();
        assert_eq!(value, parse(r#"{"b":4611686018427387904,"a":[1,-2.5,true,null,"é\n"]}"#).unwrap());
    }

    #[test]
    fn says_where_it_is_wrong() {
        assert_eq!(parse("[1, 2").unwrap_err(), "neither , nor ] at byte 5");
        assert_eq!(parse("[1] x").unwrap_err(), "more text after the value at byte 4");
        assert!(parse(&"[".repeat(100)).unwrap_err().starts_with("too deeply nested"));
    }
}
