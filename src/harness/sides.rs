//! The two sides of a comparison: which runs and systems are compared.

use std::path::PathBuf;

use crate::{
    report::{Field, Pairing, Run},
    spec::SpecError,
};

use super::error::Error;

/// The names of the runs and systems to compare.
#[derive(Debug, Clone)]
pub struct Named {
    /// The folders of one or two runs.
    pub runs: Vec<PathBuf>,
    /// The names of systems; empty for all systems.
    pub systems: Vec<String>,
}

/// The scores of the runs to compare, read by [`Named::read`].
pub struct Sides<'a> {
    /// The first run, or the only one.
    pub a: Run,
    /// The second run, if there are two.
    pub b: Option<Run>,
    /// The names of the systems to compare; empty for all systems.
    pub systems: &'a [String],
}

impl Named {
    /// Reads one number of every score of the runs.
    ///
    /// # Errors
    /// Returns an error if a run cannot be read.
    pub fn read(&self, field: Field) -> Result<Sides<'_>, Error> {
        let a = Run::read(&self.runs[0], field)?;
        let b = self
            .runs
            .get(1)
            .map(|folder| Run::read(folder, field))
            .transpose()?;
        Ok(Sides {
            a,
            b,
            systems: &self.systems,
        })
    }
}

impl Sides<'_> {
    /// Returns the runs, one or two.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        [&self.a].into_iter().chain(&self.b)
    }

    /// Checks that the runs contain the systems that were named.
    ///
    /// # Errors
    /// Returns an error with the nearest name if one does not.
    pub fn check_names(&self) -> Result<(), Error> {
        for (at, name) in self.systems.iter().enumerate() {
            let run = self.b.as_ref().filter(|_| at == 1).unwrap_or(&self.a);
            let names = || {
                run.manifest
                    .systems
                    .iter()
                    .map(|system| system.name.as_str())
            };
            if !names().any(|known| known == name) {
                let error = SpecError::unknown_name("run or system", name, names());
                return Err(error.into());
            }
        }
        Ok(())
    }

    /// Returns the pairs of systems to compare.
    ///
    /// # Errors
    /// Returns an error if the runs do not compare.
    pub fn pairing(&self) -> Result<Pairing<'_>, Error> {
        Ok(match &self.b {
            None => Pairing::within(&self.a, self.systems)?,
            Some(b) => Pairing::between(&self.a, b, self.systems)?,
        })
    }
}
