//! Families of systems or metrics, which are lists of entries, and building from a spec.

use crate::embedding::Embedders;

use super::{
    error::SpecError,
    grammar::Spec,
    nearest::nearest,
    parameter::{Parameter, ParameterKind},
    params::Params,
};

/// The entry of a system or metric: its name, its source, and how it is built.
pub struct Entry<T: ?Sized> {
    /// The name in kebab-case, such as `text-rank`.
    pub name: &'static str,
    /// A description for help, in one line.
    pub about: &'static str,
    /// Where the method was published.
    pub source: &'static str,
    /// The parameters that the entry accepts.
    pub parameters: &'static [Parameter],
    /// Builds the system or metric; parameters have been checked.
    pub build: fn(&Params) -> Box<T>,
}

impl<T: ?Sized> Clone for Entry<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Entry<T> {}

impl<T: ?Sized> Entry<T> {
    /// Returns the default values of all parameters of the entry.
    ///
    /// # Panics
    /// Panics if a default is not of its parameter's kind, or is a file that does not
    /// exist: this is a mistake in the file of the entry. An entry that needs an embedder
    /// has no defaults.
    pub fn defaults(&self) -> Params {
        let params =
            Params::check(self.name, self.parameters, &[], &Embedders::default());
        params.expect("the defaults of an entry are of their kinds")
    }

    /// Returns whether the entry can be built only with an embedder, whatever its other
    /// parameters are.
    pub fn needs_embedder(&self) -> bool {
        let mut parameters = self.parameters.iter();
        parameters.any(|it| matches!(it.kind, ParameterKind::Embedder))
    }
}

/// A built entry with its canonical name, in which defaults are left out and parameters
/// are in declared order.
pub struct Built<T: ?Sized> {
    /// The canonical name, such as `text-rank(damping=0.9)`.
    pub name: String,
    /// The system or metric that was built.
    pub value: Box<T>,
}

/// Parameters that many entries of a family share without declaring them.
pub struct Shared<T: ?Sized> {
    /// The parameters in addition to those that an entry declares.
    pub parameters: &'static [Parameter],
    /// Whether the shared parameters apply to what an entry built.
    pub applies: fn(&T) -> bool,
    /// Returns what was built, changed to obey the shared parameters.
    pub apply: fn(Box<T>, &Params) -> Box<T>,
}

impl<T: ?Sized> Shared<T> {
    /// Returns whether the shared parameters apply to an entry that builds `value`. They do
    /// not if the entry itself declares a parameter of the same name.
    fn concerns(&self, entry: &Entry<T>, value: &T) -> bool {
        let is_redeclared = self
            .parameters
            .iter()
            .any(|shared| entry.parameters.iter().any(|own| own.name == shared.name));
        (self.applies)(value) && !is_redeclared
    }
}

/// Returns the parameters that `entry` accepts: its own, and the shared ones if they
/// apply.
pub fn parameters_of<T: ?Sized>(
    entry: &Entry<T>,
    shared: &[Shared<T>],
) -> Vec<Parameter> {
    let mut parameters = entry.parameters.to_vec();
    let none = Embedders::default();
    if let Ok(plain) = Params::check(entry.name, entry.parameters, &[], &none) {
        let value = (entry.build)(&plain);
        let applying = shared
            .iter()
            .filter(|shared| shared.concerns(entry, &value));
        parameters.extend(applying.flat_map(|shared| shared.parameters));
    }
    parameters
}

/// Builds what `spec` names from `family`, whose kind ("summariser", "metric" …) messages
/// name.
///
/// # Errors
/// Returns an error if the name or a parameter is unknown, or a value is not of its
/// kind.
pub fn build<T: ?Sized>(
    family: &'static str,
    entries: &[Entry<T>],
    spec: &Spec,
) -> Result<Built<T>, SpecError> {
    build_with(family, entries, &[], &Embedders::default(), spec)
}

/// Builds like [`build`], for a family whose entries share parameters, and may name one of
/// `embedders`.
///
/// # Errors
/// Returns the errors of [`build`].
pub fn build_with<T: ?Sized>(
    family: &'static str,
    entries: &[Entry<T>],
    shared: &[Shared<T>],
    embedders: &Embedders,
    spec: &Spec,
) -> Result<Built<T>, SpecError> {
    let entry = find(family, entries, &spec.name)?;
    let (name, params) = check_with(spec, &parameters_of(entry, shared), embedders)?;
    let mut value = (entry.build)(&params);
    let applying: Vec<_> = shared
        .iter()
        .filter(|shared| shared.concerns(entry, &value))
        .collect();
    for shared in applying {
        value = (shared.apply)(value, &params);
    }
    Ok(Built { name, value })
}

/// Returns the canonical name of `spec` and the values of all declared parameters.
///
/// # Errors
/// Returns an error if a parameter is unknown, or a value is not of its kind.
pub fn check(spec: &Spec, declared: &[Parameter]) -> Result<(String, Params), SpecError> {
    check_with(spec, declared, &Embedders::default())
}

/// Returns what [`check`] returns, for parameters that may name one of `embedders`.
fn check_with(
    spec: &Spec,
    declared: &[Parameter],
    embedders: &Embedders,
) -> Result<(String, Params), SpecError> {
    let params = Params::check(&spec.name, declared, &spec.arguments, embedders)?;
    let canonical = Spec {
        name: spec.name.clone(),
        arguments: params.given(declared),
    };
    Ok((canonical.to_string(), params))
}

/// Returns the entry called `name`.
///
/// # Errors
/// Returns an error if there is none; the error holds the nearest spellings.
pub fn find<'a, T: ?Sized>(
    family: &'static str,
    entries: &'a [Entry<T>],
    name: &str,
) -> Result<&'a Entry<T>, SpecError> {
    entries
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(|| SpecError::UnknownName {
            family,
            name: name.to_owned(),
            nearest: nearest(name, entries.iter().map(|entry| entry.name)),
        })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::embedding::{NamedEmbedder, WordTable};

    struct Thing(f64);

    const FAMILY: &[Entry<Thing>] = &[
        Entry {
            name: "text-rank",
            about: "",
            source: "",
            parameters: &[
                Parameter {
                    name: "damping",
                    kind: ParameterKind::Number(0.0, 1.0),
                    default: "0.85",
                    about: "",
                },
                Parameter {
                    name: "edges",
                    kind: ParameterKind::Choice(&["overlap", "bm25"]),
                    default: "overlap",
                    about: "",
                },
            ],
            build: |params| Box::new(Thing(params.number("damping"))),
        },
        Entry {
            name: "lead",
            about: "",
            source: "",
            parameters: &[],
            build: |_| Box::new(Thing(0.0)),
        },
    ];

    fn built(text: &str) -> Result<Built<Thing>, SpecError> {
        build("thing", FAMILY, &text.parse()?)
    }

    fn refusal(text: &str) -> String {
        built(text).err().unwrap().to_string()
    }

    #[test]
    fn a_default_that_is_spelt_out_has_the_same_name() {
        assert_eq!(built("text-rank(damping=.850)").unwrap().name, "text-rank");
        assert_eq!(
            built("text-rank(edges=bm25, damping=0.90)").unwrap().name,
            "text-rank(damping=0.9, edges=bm25)"
        );
        assert!((built("text-rank(damping=0.9)").unwrap().value.0 - 0.9).abs() < 1e-15);
    }

    #[test]
    fn unknown_names_and_parameters_are_refused_with_the_nearest() {
        insta::assert_snapshot!(refusal("textrank"), @r"
        no thing is called `textrank`
        hint: did you mean `text-rank`?
        ");
        insta::assert_snapshot!(refusal("zzz"), @r"
        no thing is called `zzz`
        hint: there is `text-rank`, `lead`
        ");
        insta::assert_snapshot!(refusal("text-rank(dampin=1)"), @r"
        `text-rank` takes no parameter `dampin`
        hint: did you mean `damping`?
        ");
        insta::assert_snapshot!(refusal("lead(k=1)"), @"`lead` takes no parameter `k`");
    }

    #[test]
    fn values_of_the_wrong_kind_are_refused() {
        insta::assert_snapshot!(
            refusal("text-rank(damping=2)"),
            @"`text-rank`: `damping` is `2`, not a number from 0 to 1"
        );
        assert!(built("text-rank(damping=NaN)").is_err());
        insta::assert_snapshot!(
            refusal("text-rank(edges=x)"),
            @"`text-rank`: `edges` is `x`, not `overlap` or `bm25`"
        );
        assert!(matches!(
            built("text-rank(damping=1, damping=0)"),
            Err(SpecError::Repeated { .. })
        ));
    }

    const EMBEDDING: &[Entry<String>] = &[
        Entry {
            name: "key-bert",
            about: "",
            source: "",
            parameters: &[Parameter::EMBEDDER],
            build: |params| Box::new(params.embedder().name),
        },
        Entry {
            name: "text-rank",
            about: "",
            source: "",
            parameters: &[
                Parameter {
                    name: "edges",
                    kind: ParameterKind::Choice(&["overlap", "embedding"]),
                    default: "overlap",
                    about: "",
                },
                Parameter::embedder_when("edges", &["embedding"]),
            ],
            build: |params| {
                let found = params.embedder_if_any();
                Box::new(found.map_or_else(String::new, |it| it.name))
            },
        },
    ];

    fn embedding(text: &str, known: &[&str]) -> Result<Built<String>, SpecError> {
        let known = known.iter().map(|&name| NamedEmbedder {
            name: name.to_owned(),
            embedder: Arc::new(WordTable::new(1, [(name, [1.0])])),
        });
        build_with("thing", EMBEDDING, &[], &known.collect(), &text.parse()?)
    }

    #[test]
    fn an_embedder_is_found_by_its_name() {
        let built = embedding("key-bert(embedder=wl)", &["mini", "wl"]).unwrap();
        assert_eq!(
            (built.name.as_str(), built.value.as_str()),
            ("key-bert(embedder=wl)", "wl")
        );
        let built =
            embedding("text-rank(edges=embedding, embedder=wl)", &["wl"]).unwrap();
        assert_eq!(*built.value, "wl");
        assert_eq!(*embedding("text-rank", &["wl"]).unwrap().value, "");
    }

    #[test]
    fn an_embedder_that_is_not_there_is_refused() {
        let refusal = |text: &str, known: &[&str]| {
            embedding(text, known).err().unwrap().to_string()
        };
        insta::assert_snapshot!(refusal("key-bert(embedder=wl)", &[]), @r"
        `key-bert`: `embedder`: no embedder is called `wl`
        hint: `--embedder NAME=static:FOLDER` gives one
        ");
        insta::assert_snapshot!(refusal("key-bert(embedder=w)", &["wl", "mini"]), @r"
        `key-bert`: `embedder`: no embedder is called `w`
        hint: there is `wl`, `mini`
        ");
        insta::assert_snapshot!(refusal("key-bert", &["wl"]), @r"
        `key-bert` needs an embedder, by its parameter `embedder`
        hint: there is `wl`
        ");
        insta::assert_snapshot!(refusal("text-rank(edges=embedding)", &[]), @r"
        `text-rank` needs an embedder, by its parameter `embedder`
        hint: `--embedder NAME=static:FOLDER` gives one
        ");
        insta::assert_snapshot!(refusal("text-rank(embedder=wl)", &["wl"]), @"`text-rank`: `embedder` is taken only where `edges` is `embedding`");
    }
}
