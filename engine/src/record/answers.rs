//! Questions about the response times of a flow, and the answers as numbers.

use super::batches::Ending;
use super::responses::Responses;
use super::times::Times;

/// The answer to the last question, and what further ones about the same times need.
#[derive(Default)]
pub struct Answers {
    pub numbers: Vec<f64>,
    times: Option<(Asked, Times<'static>)>,
}

/// A flow, how its requests ended, and the moment of the question.
type Asked = (u32, bool, i64);

impl Answers {
    /// Answers a question about the good or the bad endings of a flow's requests in the window; nothing where there is
    /// no answer. 0: how many, their mean, and whether percentiles are times that occurred. 1: the percentile of a share.
    /// 2: the means of 20 batches. 3: of these the shares of times above a value, then of those not below it. 4: the
    /// shares of requests of 20 batches that ended well. 5: how many there are between which times.
    pub fn answer(&mut self, window: &Responses, question: u32, asked: Asked, value: f64) {
        let ending = if asked.1 { Ending::Good } else { Ending::Bad };
        self.numbers.clear();
        if question == 4 {
            return self.numbers.extend(window.successes().iter().flatten());
        }
        if !window.is_exact() {
            self.times = None;
            let times = window.times(ending);
            return tell(&times, question, value, &mut self.numbers);
        }
        let (_, times) = match self.times.take().filter(|(before, _)| *before == asked) {
            Some(kept) => self.times.insert(kept),
            None => self.times.insert((asked, window.exact_times(ending))),
        };
        tell(times, question, value, &mut self.numbers);
    }
}

fn tell(times: &Times, question: u32, value: f64, numbers: &mut Vec<f64>) {
    match question {
        0 => {
            let is_exact = if times.are_exact() { 1.0 } else { 0.0 };
            numbers.extend([times.count() as f64, times.mean().unwrap_or(0.0), is_exact]);
        }
        1 => numbers.push(times.quantile(value) as f64),
        2 => numbers.extend(times.batch_means().iter().flatten()),
        3 => numbers.extend(times.beyond(value as u64).iter().flatten().flatten()),
        5 => {
            for bucket in times.tally() {
                numbers.extend([bucket.low as f64, bucket.high as f64, bucket.count as f64]);
            }
        }
        _ => {}
    }
}
