//! Signatures name everything that changes a value.

use crate::cases::{embedder, metrics};

use epitome_base::spec::{self};
use epitome_metrics::{METRICS, Signature};

#[test]
fn signatures_lead_back_to_the_metric() {
    for (name, metric) in metrics() {
        let signature = metric.signature();
        for text in [signature.to_string(), signature.short()] {
            let parsed: Signature = text.parse().unwrap_or_else(|error| {
                panic!("{text}: {error}");
            });
            let spec = parsed
                .spec()
                .unwrap_or_else(|error| panic!("{text}: {error}"));
            let known = [embedder()].into_iter().collect();
            let again = spec::build_with("metric", METRICS, &[], &known, &spec).unwrap();
            assert_eq!(again.value.signature(), signature, "{name}: {text}");
        }
    }
}

#[test]
fn metrics_of_one_signature_are_one_metric() {
    let all = metrics();
    for (at, (name, metric)) in all.iter().enumerate() {
        for (other_name, other) in &all[..at] {
            if name != other_name {
                assert_ne!(
                    metric.signature().to_string(),
                    other.signature().to_string(),
                    "{name} and {other_name}"
                );
            }
        }
    }
}

#[test]
fn every_field_of_every_signature_has_words() {
    for (name, metric) in metrics() {
        for (field, words) in metric.signature().in_words() {
            assert!(words.is_some(), "{name}: `{field}` has no words");
        }
    }
}
