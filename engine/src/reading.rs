//! Fields of JSON objects as typed values, with errors that name the field.

use crate::json::Json;
use std::collections::BTreeMap;

/// What went wrong, in a sentence without its end.
pub type Refused = String;

/// An object of JSON and the way to it.
pub struct Row<'a> {
    fields: &'a BTreeMap<String, Json>,
    place: String,
}

impl<'a> Row<'a> {
    /// An object at a place that errors name.
    pub fn new(value: &'a Json, place: &str) -> Result<Self, Refused> {
        match value {
            Json::Object(fields) => Ok(Row { fields, place: place.to_string() }),
            _ => Err(format!("`{place}` is no object")),
        }
    }

    /// What a field holds, if it is there and not null.
    pub fn get(&self, name: &str) -> Option<&'a Json> {
        self.fields.get(name).filter(|value| **value != Json::Null)
    }

    fn wrong<T>(&self, name: &str, what: &str) -> Result<T, Refused> {
        Err(format!("`{}.{name}` {what}", self.place))
    }

    fn needed<T>(&self, name: &str, found: Option<T>) -> Result<T, Refused> {
        match found {
            Some(value) => Ok(value),
            None => self.wrong(name, "is missing"),
        }
    }

    /// A whole number, if there is one.
    pub fn maybe_whole(&self, name: &str) -> Result<Option<i64>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Whole(value)) => Ok(Some(*value)),
            Some(Json::Number(value)) if value.fract() == 0.0 && value.abs() <= 9.2e18 => Ok(Some(*value as i64)),
            Some(_) => self.wrong(name, "is no whole number"),
        }
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> Result<i64, Refused> {
        let found = self.maybe_whole(name)?;
        self.needed(name, found)
    }

    /// A number of things: not negative, and fewer than 2^32.
    pub fn count(&self, name: &str) -> Result<u32, Refused> {
        match u32::try_from(self.whole(name)?) {
            Ok(count) => Ok(count),
            Err(_) => self.wrong(name, "is out of range"),
        }
    }

    /// The same, if there is one.
    pub fn maybe_count(&self, name: &str) -> Result<Option<u32>, Refused> {
        self.get(name).map(|_| self.count(name)).transpose()
    }

    /// A place in a table of so many rows, if there is one.
    pub fn maybe_index(&self, name: &str, rows: usize) -> Result<Option<usize>, Refused> {
        match self.maybe_count(name)? {
            Some(index) if index as usize >= rows => self.wrong(name, &format!("is {index}, of {rows}")),
            found => Ok(found.map(|index| index as usize)),
        }
    }

    /// A place in a table of so many rows.
    pub fn index(&self, name: &str, rows: usize) -> Result<usize, Refused> {
        let found = self.maybe_index(name, rows)?;
        self.needed(name, found)
    }

    /// A number, if there is one.
    pub fn maybe_number(&self, name: &str) -> Result<Option<f64>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => match number_of(value) {
                Some(number) => Ok(Some(number)),
                None => self.wrong(name, "is no number"),
            },
        }
    }

    /// A share between 0 and 1, if there is one.
    pub fn maybe_share(&self, name: &str) -> Result<Option<f64>, Refused> {
        match self.maybe_number(name)? {
            Some(share) if !(0.0..=1.0).contains(&share) => self.wrong(name, "is no share"),
            found => Ok(found),
        }
    }

    /// A fraction `[numerator, denominator]`, if there is one: neither is negative, the second is not 0.
    pub fn maybe_fraction(&self, name: &str) -> Result<Option<(i64, i64)>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Whole(whole)) if *whole >= 0 => Ok(Some((*whole, 1))),
            Some(Json::List(parts)) => match parts.as_slice() {
                [Json::Whole(over), Json::Whole(under)] if *over >= 0 && *under > 0 => Ok(Some((*over, *under))),
                _ => self.wrong(name, "is no fraction"),
            },
            Some(_) => self.wrong(name, "is no fraction"),
        }
    }

    /// A fraction.
    pub fn fraction(&self, name: &str) -> Result<(i64, i64), Refused> {
        let found = self.maybe_fraction(name)?;
        self.needed(name, found)
    }

    /// Whether a flag is set; not if it is missing.
    pub fn flag(&self, name: &str) -> Result<bool, Refused> {
        match self.get(name) {
            None => Ok(false),
            Some(Json::Bool(value)) => Ok(*value),
            Some(_) => self.wrong(name, "is neither true nor false"),
        }
    }

    /// A text, if there is one.
    pub fn maybe_text(&self, name: &str) -> Result<Option<&'a str>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => self.wrong(name, "is no text"),
        }
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<&'a str, Refused> {
        let found = self.maybe_text(name)?;
        self.needed(name, found)
    }

    /// One of a closed set of words.
    pub fn word<T>(&self, name: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Refused> {
        let text = self.text(name)?;
        match read(text) {
            Some(value) => Ok(value),
            None => self.wrong(name, &format!("is `{text}`, which this engine does not know")),
        }
    }

    /// The values of a list; none if it is missing.
    pub fn list(&self, name: &str) -> Result<&'a [Json], Refused> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Json::List(values)) => Ok(values),
            Some(_) => self.wrong(name, "is no list"),
        }
    }

    /// The objects of a list.
    pub fn rows(&self, name: &str) -> Result<Vec<Row<'a>>, Refused> {
        let values = self.list(name)?.iter().enumerate();
        values.map(|(number, value)| Row::new(value, &format!("{}.{name}[{number}]", self.place))).collect()
    }

    /// An object, if there is one.
    pub fn maybe_row(&self, name: &str) -> Result<Option<Row<'a>>, Refused> {
        self.get(name).map(|value| Row::new(value, &format!("{}.{name}", self.place))).transpose()
    }

    /// An object.
    pub fn row(&self, name: &str) -> Result<Row<'a>, Refused> {
        let found = self.maybe_row(name)?;
        self.needed(name, found)
    }

    /// Whole numbers, none negative.
    pub fn wholes(&self, name: &str) -> Result<Vec<i64>, Refused> {
        let read = |value: &Json| match value {
            Json::Whole(whole) if *whole >= 0 => Ok(*whole),
            _ => self.wrong(name, "holds something else than whole numbers"),
        };
        self.list(name)?.iter().map(read).collect()
    }

    /// Places in a table of so many rows.
    pub fn indexes(&self, name: &str, rows: usize) -> Result<Vec<usize>, Refused> {
        let found = self.wholes(name)?;
        match found.iter().find(|index| **index as usize >= rows) {
            Some(index) => self.wrong(name, &format!("holds {index}, of {rows}")),
            None => Ok(found.into_iter().map(|index| index as usize).collect()),
        }
    }

    /// Numbers.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, Refused> {
        match self.list(name)?.iter().map(number_of).collect() {
            Some(numbers) => Ok(numbers),
            None => self.wrong(name, "holds something else than numbers"),
        }
    }

    /// Pairs of numbers.
    pub fn pairs(&self, name: &str) -> Result<Vec<(f64, f64)>, Refused> {
        let read = |value: &Json| match value {
            Json::List(pair) if pair.len() == 2 => Some((number_of(&pair[0])?, number_of(&pair[1])?)),
            _ => None,
        };
        match self.list(name)?.iter().map(read).collect() {
            Some(pairs) => Ok(pairs),
            None => self.wrong(name, "holds something else than pairs of numbers"),
        }
    }

    /// An error about this object.
    pub fn refuse<T>(&self, what: &str) -> Result<T, Refused> {
        Err(format!("`{}` {what}", self.place))
    }
}

/// A number, whole or not.
pub fn number_of(value: &Json) -> Option<f64> {
    match value {
        Json::Whole(whole) => Some(*whole as f64),
        Json::Number(number) => Some(*number),
        _ => None,
    }
}
