//! Scores as corpora have them, with known means.

use epitome::rng;

/// A law of scores, or of the scores of two systems.
pub(crate) struct Population {
    pub(crate) name: &'static str,
    /// The mean of `a − b`.
    pub(crate) truth: f64,
    /// The chances of its scores, if these are 0 and 1.
    pub(crate) shares: Option<Shares>,
    draw: Draw,
}

/// The chances of scores of 0 and 1.
#[derive(Clone, Copy)]
pub(crate) enum Shares {
    /// Of a hit.
    Hits(f64),
    /// Of a hit of the first system alone, and of the second alone.
    Better(f64, f64),
}

/// One document's scores of two systems; the second is 0 where there is one system.
enum Draw {
    Mean(fn(&mut Stream) -> f64),
    Pair(fn(&mut Stream) -> (f64, f64)),
}

/// Beta laws and counts after the moments of `lead` on CNN/DailyMail, and of `tf-idf` and
/// `yake` on Inspec and the `SemEval` papers.
pub(crate) const POPULATIONS: &[Population] = &[
    // mean .29, s .11, skewness .4
    mean("news-rouge-1", 4.5 / 15.5, |stream| stream.beta(9, 22)),
    // mean .12, s .09, skewness 1.2
    mean("news-rouge-2", 3.0 / 25.0, |stream| stream.beta(3, 22)),
    // hits of 5 against 10 gold phrases; a quarter are 0
    mean("keyphrase-f1@5", 0.25 * 10.0 / 15.0, |stream| {
        stream.f1(5, 3, 9)
    }),
    mean("keyphrase-f1@10", 0.25 * 20.0 / 20.0, |stream| {
        stream.f1(10, 3, 9)
    }),
    // three quarters are 0
    mean("keyphrase-f1@5-rare", 1.0 / 15.0 * 10.0 / 15.0, |stream| {
        stream.f1(5, 1, 14)
    }),
    mean("two-point-0.1", 0.1, |stream| stream.hit(0.1)).of(Shares::Hits(0.1)),
    mean("two-point-0.3", 0.3, |stream| stream.hit(0.3)).of(Shares::Hits(0.3)),
    mean("two-point-0.5", 0.5, |stream| stream.hit(0.5)).of(Shares::Hits(0.5)),
    // the same summary on a fifth; else gains with a long tail: skewness 1.3
    pair("news-rouge-1", 0.8 * 0.012, |stream| {
        let common = stream.beta(9, 22);
        let gain = 0.08 * stream.exponential()
            - 0.034 * (stream.exponential() + stream.exponential());
        (
            if stream.uniform() < 0.2 {
                common
            } else {
                common + gain
            },
            common,
        )
    }),
    pair(
        "keyphrase-f1@5",
        0.65 * (0.25 - 0.2) * 10.0 / 15.0,
        |stream| stream.twice(0.35, |stream| (stream.f1(5, 3, 9), stream.f1(5, 2, 8))),
    ),
    pair("keyphrase-f1@10", 0.65 * (0.25 - 0.2), |stream| {
        stream.twice(0.35, |stream| (stream.f1(10, 3, 9), stream.f1(10, 2, 8)))
    }),
    pair(
        "keyphrase-f1@5-rare",
        0.6 * (0.1 - 1.0 / 15.0) * 10.0 / 15.0,
        |stream| stream.twice(0.4, |stream| (stream.f1(5, 1, 9), stream.f1(5, 1, 14))),
    ),
    pair("two-point-0.15-0.05", 0.1, |stream| {
        stream.discordant(0.15, 0.05)
    })
    .of(Shares::Better(0.15, 0.05)),
    pair("two-point-0.1-0.1", 0.0, |stream| {
        stream.discordant(0.1, 0.1)
    })
    .of(Shares::Better(0.1, 0.1)),
    pair("two-point-0.3-0.1", 0.2, |stream| {
        stream.discordant(0.3, 0.1)
    })
    .of(Shares::Better(0.3, 0.1)),
];

const fn mean(
    name: &'static str,
    truth: f64,
    draw: fn(&mut Stream) -> f64,
) -> Population {
    Population {
        name,
        truth,
        shares: None,
        draw: Draw::Mean(draw),
    }
}

const fn pair(
    name: &'static str,
    truth: f64,
    draw: fn(&mut Stream) -> (f64, f64),
) -> Population {
    Population {
        name,
        truth,
        shares: None,
        draw: Draw::Pair(draw),
    }
}

impl Population {
    const fn of(self, shares: Shares) -> Self {
        Self {
            shares: Some(shares),
            ..self
        }
    }

    /// Whether it is of one system or of two.
    pub(crate) fn kind(&self) -> &'static str {
        match self.draw {
            Draw::Mean(_) => "mean",
            Draw::Pair(_) => "difference",
        }
    }

    /// So many documents of the sample that `seed` names.
    pub(crate) fn sample(&self, seed: u64, size: usize) -> (Vec<f64>, Vec<f64>) {
        let mut stream = Stream { seed, at: 0 };
        let draw = |_| match self.draw {
            Draw::Mean(draw) => (draw(&mut stream), 0.0),
            Draw::Pair(draw) => draw(&mut stream),
        };
        (0..size).map(draw).unzip()
    }
}

/// Random numbers, one after the other.
pub(crate) struct Stream {
    seed: u64,
    at: u64,
}

impl Stream {
    fn uniform(&mut self) -> f64 {
        self.at += 1;
        (rng::mix(self.seed, self.at) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn exponential(&mut self) -> f64 {
        -(1.0 - self.uniform()).ln()
    }

    /// A beta variable with the parameters `a / 2` and `b / 2`.
    fn beta(&mut self, a: u32, b: u32) -> f64 {
        let (above, below) = (self.gamma(a), self.gamma(b));
        above / (above + below)
    }

    /// A gamma variable with the parameter `halves / 2`.
    fn gamma(&mut self, halves: u32) -> f64 {
        let whole: f64 = (0..halves / 2).map(|_| self.exponential()).sum();
        if halves.is_multiple_of(2) {
            return whole;
        }
        // half a squared normal variable
        let angle = std::f64::consts::TAU * self.uniform();
        whole + self.exponential() * angle.cos().powi(2)
    }

    fn hit(&mut self, share: f64) -> f64 {
        f64::from(self.uniform() < share)
    }

    /// F1 of a list of `count` against 10 gold phrases, each right with a chance that is a
    /// beta variable of the document.
    fn f1(&mut self, count: u32, a: u32, b: u32) -> f64 {
        let share = self.beta(a, b);
        let hits: f64 = (0..count).map(|_| self.hit(share)).sum();
        2.0 * hits / (f64::from(count) + 10.0)
    }

    /// The same score twice in so many documents, else two.
    fn twice(&mut self, same: f64, two: fn(&mut Self) -> (f64, f64)) -> (f64, f64) {
        let (a, b) = two(self);
        if self.uniform() < same {
            (b, b)
        } else {
            (a, b)
        }
    }

    /// A hit of the first alone, of the second alone, else of both or neither.
    fn discordant(&mut self, first: f64, second: f64) -> (f64, f64) {
        match self.uniform() {
            at if at < first => (1.0, 0.0),
            at if at < first + second => (0.0, 1.0),
            at if at < 0.6 => (1.0, 1.0),
            _ => (0.0, 0.0),
        }
    }
}
