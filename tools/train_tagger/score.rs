//! How good a tagger is.

use std::thread;

use super::{
    Tag,
    corpus::{Both, Sentence},
    greedy::greedy,
    knowledge,
    lexicon::Lexicon,
    model::TaggerModel,
    training::{Source, Trained, words},
    word,
};

#[derive(Debug, Default, Clone)]
struct Score {
    words: u32,
    right: u32,
    unknown: u32,
    unknown_right: u32,
    said: [u32; 3],
    confusion: Vec<u32>,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.right += other.right;
        self.unknown += other.unknown;
        self.unknown_right += other.unknown_right;
        (0..3).for_each(|at| self.said[at] += other.said[at]);
        self.confusion.resize(Tag::COUNT * Tag::COUNT, 0);
        self.confusion
            .iter_mut()
            .zip(&other.confusion)
            .for_each(|(a, b)| *a += b);
    }

    fn print(&self, name: &str) {
        let share = |part: u32, all: u32| 100.0 * f64::from(part) / f64::from(all.max(1));
        let [both, said, wanted] = self.said;
        println!(
            "{name}: {:.2} % of {} words; unknown {:.2} % of {}; eligible P {:.2} R {:.2}",
            share(self.right, self.words),
            self.words,
            share(self.unknown_right, self.unknown),
            self.unknown,
            share(both, said),
            share(both, wanted),
        );
        let mut errors: Vec<(u32, usize)> =
            self.confusion.iter().copied().zip(0..).collect();
        errors.sort_unstable_by_key(|&(count, at)| (u32::MAX - count, at));
        for (count, at) in errors.into_iter().take(12) {
            let (gold, said) = (Tag::ALL[at / Tag::COUNT], Tag::ALL[at % Tag::COUNT]);
            print!("  {}→{} {count}", gold.name(), said.name());
        }
        println!();
    }
}

fn is_eligible(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Propn | Tag::Adj)
}

fn score<'a>(
    trained: &Trained,
    train: &[Both],
    test: impl Iterator<Item = &'a Sentence>,
) -> Score {
    let known = knowledge::counts(train.iter().map(|both| &both.gold));
    let lexicon = Lexicon::new(&trained.facts);
    let model = TaggerModel::new(&trained.weights);
    let (mut folded, mut said) = (String::new(), Vec::new());
    let mut score = Score {
        confusion: vec![0; Tag::COUNT * Tag::COUNT],
        ..Score::default()
    };

    for sentence in test {
        said.clear();
        greedy(&words(&sentence.words, &lexicon), &model, &mut said);
        for ((word, &gold), &said) in sentence.words.iter().zip(&sentence.tags).zip(&said)
        {
            let unknown = !known.contains_key(&word::form(word, &mut folded));
            score.words += 1;
            score.right += u32::from(gold == said);
            score.unknown += u32::from(unknown);
            score.unknown_right += u32::from(unknown && gold == said);
            score.said[0] += u32::from(is_eligible(gold) && is_eligible(said));
            score.said[1] += u32::from(is_eligible(said));
            score.said[2] += u32::from(is_eligible(gold));
            if gold != said {
                score.confusion[gold as usize * Tag::COUNT + said as usize] += 1;
            }
        }
    }

    score
}

/// Five times: trains on all but a fifth of the first `dev` sentences, tests on that.
pub(super) fn cross_validate(source: Source<'_>, all: &[Both], dev: usize) {
    const FOLDS: usize = 5;
    let fold = |fold: usize| {
        let held = fold * dev / FOLDS..(fold + 1) * dev / FOLDS;
        let mut train = all[..held.start].to_vec();
        train.extend_from_slice(&all[held.end..]);
        let trained = Trained::of(source, &train);
        let test = &all[held];
        let gold = score(&trained, &train, test.iter().map(|both| &both.gold));
        let ours = score(&trained, &train, test.iter().map(|both| &both.ours));
        (gold, ours)
    };

    let (mut gold, mut ours) = (Score::default(), Score::default());
    let scores: Vec<(Score, Score)> = thread::scope(|scope| {
        let even = scope.spawn(|| (0..FOLDS).step_by(2).map(fold).collect::<Vec<_>>());
        let odd = (1..FOLDS).step_by(2).map(fold).collect::<Vec<_>>();
        let even = even.join().expect("no fold fails");
        even.into_iter().chain(odd).collect()
    });

    for (of_gold, of_ours) in scores {
        gold.add(&of_gold);
        ours.add(&of_ours);
    }

    gold.print("treebank words");
    ours.print("our words");
}
