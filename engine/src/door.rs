//! The door: what who runs the module calls. A Program goes in as one text, results are columns read where they lie.
//!
//! Here alone is code that the compiler cannot check: it turns numbers from outside into references.

use crate::engine::Engine;
use crate::reading::Refused;
use crate::record::Views;
use std::cell::RefCell;
use std::sync::Once;

thread_local! {
    /// Why the last Program was refused, or what went wrong inside.
    static MESSAGE: RefCell<String> = RefCell::new(String::new());
}

static HOOK: Once = Once::new();

fn say(message: String) {
    MESSAGE.with(|kept| *kept.borrow_mut() = message);
}

/// Room for a text of so many bytes.
#[no_mangle]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    let bytes = vec![0u8; length].into_boxed_slice();
    Box::into_raw(bytes) as *mut u8
}

/// Gives the room of a text back.
///
/// # Safety
/// The room was given by `allocate`, for so many bytes.
#[no_mangle]
pub unsafe extern "C" fn release(bytes: *mut u8, length: usize) {
    drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(bytes, length)));
}

/// Reads a Program and brings everything to its beginning. Null where it is refused; then there is a message.
///
/// # Safety
/// There are so many bytes to read.
#[no_mangle]
pub unsafe extern "C" fn start(bytes: *const u8, length: usize) -> *mut Engine {
    HOOK.call_once(|| std::panic::set_hook(Box::new(|panic| say(panic.to_string()))));
    let engine = text(bytes, length).and_then(Engine::new);
    engine.map_or_else(refuse(std::ptr::null_mut()), |engine| Box::into_raw(Box::new(engine)))
}

/// Reads how to run the same system another time (`run` of a Program), and brings everything to its beginning; what
/// was is forgotten. 1, or 0 where it is refused; then there is a message, and nothing has changed.
///
/// # Safety
/// The engine was given by `start`, and there are so many bytes to read.
#[no_mangle]
pub unsafe extern "C" fn again(engine: *mut Engine, bytes: *const u8, length: usize) -> i32 {
    text(bytes, length).and_then(|run| (*engine).again(run)).map_or_else(refuse(0), |_| 1)
}

unsafe fn text<'a>(bytes: *const u8, length: usize) -> Result<&'a str, Refused> {
    std::str::from_utf8(std::slice::from_raw_parts(bytes, length)).map_err(|_| "the Program is no UTF-8.".to_string())
}

/// Says why something is refused, and answers so.
fn refuse<T>(answer: T) -> impl FnOnce(Refused) -> T {
    |refused| {
        say(refused);
        answer
    }
}

/// Lets happen what happens up to and at a moment (ns; -1: until nothing is left), at most so many events (-1: all).
/// 1 when that is all, else 0.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn advance(engine: *mut Engine, until: i64, events: i64) -> i32 {
    let until = if until < 0 { None } else { Some(until) };
    i32::from((*engine).advance(until, u64::try_from(events).unwrap_or(u64::MAX)))
}

/// The present, in nanoseconds.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn now(engine: *const Engine) -> i64 {
    (*engine).world.clock.now
}

/// Forgets the log so far; from now on everything is told (1), or events alone (0). No figure depends on it.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn watch(engine: *mut Engine, everything: u32) {
    (*engine).world.record.watch(everything != 0);
}

/// Where the bytes of a column lie, until the engine advances.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn view_pointer(engine: *mut Engine, which: u32) -> *const u8 {
    (*engine).view(which).0
}

/// How many bytes a column has.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn view_length(engine: *mut Engine, which: u32) -> usize {
    (*engine).view(which).1
}

/// Asks about the response times of a flow (`record::answers` has the questions): how many bytes the answer has, which
/// is column 18.
///
/// # Safety
/// The engine was given by `start`.
#[no_mangle]
pub unsafe extern "C" fn ask(engine: *mut Engine, question: u32, flow: u32, good: u32, value: f64) -> usize {
    let Engine { world, .. } = &mut *engine;
    let asked = (flow, good != 0, world.clock.now);
    let record = &mut world.record;
    if let Some(flow) = record.flows.get(flow as usize) {
        record.answers.answer(&flow.window, question, asked, value);
    }
    std::mem::size_of_val(record.answers.numbers.as_slice())
}

/// Lets an engine go.
///
/// # Safety
/// The engine was given by `start`, and nobody uses it again.
#[no_mangle]
pub unsafe extern "C" fn stop(engine: *mut Engine) {
    drop(Box::from_raw(engine));
}

/// Where the last message lies.
#[no_mangle]
pub extern "C" fn message_pointer() -> *const u8 {
    MESSAGE.with(|message| message.borrow().as_ptr())
}

/// How many bytes it has.
#[no_mangle]
pub extern "C" fn message_length() -> usize {
    MESSAGE.with(|message| message.borrow().len())
}

impl Engine {
    /// A column as the place and number of its bytes.
    fn view(&mut self, which: u32) -> (*const u8, usize) {
        fn bytes<T>(column: &[T]) -> (*const u8, usize) {
            (column.as_ptr() as *const u8, std::mem::size_of_val(column))
        }
        let record = &self.world.record;
        let requests = &record.requests;
        match which {
            0 => bytes(&record.log),
            1 => bytes(&record.samples.rows),
            2 => bytes(&record.first),
            4 => bytes(&requests.at),
            5 => bytes(&requests.until),
            6 => bytes(&requests.number),
            7 => bytes(&requests.flow),
            8 => bytes(&requests.status),
            9 => bytes(&requests.cause),
            10 => bytes(&requests.degraded),
            16 => bytes(&record.flow_samples),
            17 => bytes(&record.shown),
            18 => bytes(&record.answers.numbers),
            20 => bytes(&record.alerts),
            24 => bytes(&record.failures),
            _ => {
                let column = Views::column(&self.world, which);
                self.world.record.views.keep(which, column);
                bytes(self.world.record.views.kept(which))
            }
        }
    }
}
