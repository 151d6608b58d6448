//! Signatures: the recipe of a number, which can be printed, parsed and compared.

mod difference;
mod parse;
mod recipe;
mod words;

pub use difference::{Difference, Incomparable};
pub use parse::SignatureError;
pub use recipe::Signature;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{METRICS, Metric};
    use epitome_base::spec;

    fn metric(text: &str) -> Box<dyn Metric> {
        spec::build("metric", METRICS, &text.parse().unwrap())
            .unwrap()
            .value
    }

    fn printed(text: &str) -> String {
        metric(text)
            .signature()
            .to_string()
            .replace(env!("CARGO_PKG_VERSION"), "…")
    }

    #[test]
    fn a_signature_names_what_changes_the_value() {
        insta::assert_snapshot!(printed("rouge-1"), @"rouge-1|profile:rouge-score-0.1.2|stem:none|multi:best-f1|v:…");
        insta::assert_snapshot!(
            printed("rouge-w(profile=rouge-1.5.5, stemmer=true, limit-words=100)"),
            @"rouge-w|profile:rouge-1.5.5|stem:porter-1.5.5|exceptions:none|stop:no|limit:words-100|multi:average|alpha:0.5|jackknife:no|weight:1.2|sentences:lines|v:…"
        );
        insta::assert_snapshot!(
            printed("keyphrase-f1@5(protocol=kpeval)"),
            @"keyphrase-f1@5|protocol:kpeval|stem:porter|match:exact|duplicates:dropped|denominator:cut|gold:present|empty-gold:zero|average:macro|variants:no|at:5|v:…"
        );
    }

    #[test]
    fn the_short_form_names_what_is_not_the_default() {
        let short = |text: &str| {
            let short = metric(text).signature().short();
            assert_eq!(
                short
                    .parse::<Signature>()
                    .unwrap()
                    .spec()
                    .unwrap()
                    .to_string(),
                text
            );
            short.replace(env!("CARGO_PKG_VERSION"), "…")
        };
        insta::assert_snapshot!(short("rouge-1"), @"rouge-1|v:…");
        insta::assert_snapshot!(
            short("rouge-2(profile=unicode, stemmer=true, language=ru)"),
            @"rouge-2|p:unicode|s:snowball-ru|v:…"
        );
        insta::assert_snapshot!(
            short("keyphrase-f1@5(protocol=kex, average=micro)"),
            @"keyphrase-f1@5|pr:kex|av:micro|v:…"
        );
    }

    #[test]
    fn different_signatures_are_refused_with_what_differs() {
        let [plain, stemmed] = ["rouge-1", "rouge-1(stemmer=true)"].map(metric);
        assert!(plain.signature().comparable(&plain.signature()).is_ok());
        let refusal = plain
            .signature()
            .comparable(&stemmed.signature())
            .unwrap_err();
        insta::assert_snapshot!(refusal, @"scores of `rouge-1` and `rouge-1` are not comparable: `stem` is `none` here and `porter-nltk` there");
    }

    #[test]
    fn a_list_is_the_same_wherever_it_was_read() {
        let with = |path: &str| Signature::of("rouge-1").with("stop", path);
        assert!(with("a/list#12").comparable(&with("b|c#12")).is_ok());
        assert!(with("a/list#12").comparable(&with("a/list#13")).is_err());
        let odd = with("b|c%7C:d\n#12");
        assert_eq!(odd.to_string().parse::<Signature>().unwrap(), odd);
    }

    #[test]
    fn what_no_metric_printed_is_refused() {
        for text in [
            "",
            "rouge-1",
            "rouge-1|stem:none|stem:none|v:1",
            "rouge-1|stem|v:1",
        ] {
            assert!(text.parse::<Signature>().is_err(), "{text:?} was taken");
        }
        let spec = |text: &str| text.parse::<Signature>().unwrap().spec();
        assert!(spec("rouge-0|v:0.1.0").is_err());
        assert!(
            spec("rouge-1|stem:porter-1.5.5|v:0.1.0").is_err(),
            "not its stemmer"
        );
        assert!(spec("rouge-1|colour:red|v:0.1.0").is_err());
    }
}
